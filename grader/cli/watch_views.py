"""The other screens of `grader watch`: a text to scroll through, and a list to search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from grader.cli import console
from grader.cli.screen import Size
from grader.cli.watch_page import Printer
from grader.course.index import Entry
from grader.student.progress import Progress
from grader.text.numbers import points_text
from grader.text.wording import exercise_status

_CLOSING: Final = ("q", "escape", "\x03", "\x04")
_FRAME: Final = 2
"""Rows of the title and of the keys."""


@dataclass
class Pager:
    """A text to scroll through."""

    title: str
    prints: Printer
    start: str = ""
    """A text of the line to show in the middle at first; by default the text's beginning is shown."""
    _top: int | None = None
    _rows: int = 0
    _count: int = 0

    def drawn(self, size: Size) -> list[str]:
        """Return the lines of the screen."""
        width = max(size.columns - 1, 2)
        with console.captured(width) as text:
            self.prints()
        self._rows, self._count = max(size.rows - _FRAME, 1), len(text.lines)
        if self._top is None:
            found = (n for n, line in enumerate(text.lines) if self.start and self.start in line)
            self._top = next(found, 0) - self._rows // 2
        self._scroll(0)
        shown = text.lines[self._top : self._top + self._rows]
        last = self._top + len(shown)
        where = f"lines {self._top + 1} to {last} of {self._count}" if self._count > self._rows else ""
        with console.captured(width) as frame:
            console.line(self.title, style="bold", most=1)
            keys = f"space and b turn pages, up and down scroll, q goes back  {where}"
            console.line(keys if where else "q goes back", style="dim", most=1)
        lines = [frame.lines[0], *shown, *[""] * (self._rows - len(shown)), frame.lines[1]]
        return [console.cut(line, size.columns) for line in lines]

    def pressed(self, key: str) -> bool:
        """React to a key; return whether to stay."""
        steps = {
            **dict.fromkeys((" ", "pagedown", "f", "right"), self._rows),
            **dict.fromkeys(("b", "pageup", "left"), -self._rows),
            **dict.fromkeys(("down", "j", "\n", "\r"), 1),
            **dict.fromkeys(("up", "k"), -1),
            **dict.fromkeys(("home", "g"), -self._count),
            **dict.fromkeys(("end", "G"), self._count),
        }
        self._scroll(steps.get(key, 0))
        return key not in _CLOSING

    def _scroll(self, by: int) -> None:
        self._top = min(max((self._top or 0) + by, 0), max(self._count - self._rows, 0))


@dataclass
class Picker:
    """A list of exercises to search and to choose from."""

    entries: Sequence[Entry]
    reached: Progress
    current: Entry
    chosen: Entry | None = None
    _typed: str = ""
    _at: int = field(default=-1)

    def found(self) -> list[Entry]:
        """Return the exercises that contain what was typed, in name, lesson or title."""
        words = self._typed.casefold().split()
        return [
            e for e in self.entries if all(w in f"{e.slug} {e.lesson} {e.title}".casefold() for w in words)
        ]

    def drawn(self, size: Size) -> list[str]:
        """Return the lines of the screen."""
        width, rows = max(size.columns - 1, 2), max(size.rows - _FRAME, 1)
        found = self.found()
        if self._at < 0:
            self._at = next((n for n, e in enumerate(found) if e.slug == self.current.slug), 0)
        self._at = min(self._at, max(len(found) - 1, 0))
        top = min(max(self._at - rows // 2, 0), max(len(found) - rows, 0))
        with console.captured(width) as text:
            title = f"Search: {self._typed}_" if self._typed else "Exercises; type to search"
            console.line(title, style="bold", most=1)
            for place, entry in list(enumerate(found))[top : top + rows]:
                self._row(entry, is_chosen=place == self._at)
            if not found:
                console.line("No exercise has that in its name, lesson or title.")
        with console.captured(width) as foot:
            console.line("Enter goes there, up and down choose, Esc goes back", style="dim", most=1)
        lines = [*text.lines, *[""] * (size.rows - len(text.lines) - 1), *foot.lines]
        return [console.cut(line, size.columns) for line in lines]

    def _row(self, entry: Entry, *, is_chosen: bool) -> None:
        one = self.reached.of(entry.slug)
        status = exercise_status(one.shown(entry))
        lesson = entry.lesson.partition("_")[0]
        width = max(len(e.slug) for e in self.entries)
        reach = f"{points_text(one.points):>3}/{points_text(entry.points):<3}"
        mark = ">" if is_chosen else " "
        row = f"{mark} {console.mark(status.shape)} {lesson:3} {entry.slug:{width}} {reach} {entry.title}"
        console.line(row, style="bold reverse" if is_chosen else console.style(status.shape), most=1)

    def pressed(self, key: str) -> bool:
        """React to a key; return whether to stay."""
        if key in ("\n", "\r"):
            found = self.found()
            self.chosen = found[self._at] if found else None
            return not found
        steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -10_000, "end": 10_000}
        if key in steps:
            self._at = min(max(self._at + steps[key], 0), max(len(self.found()) - 1, 0))
        elif key == "backspace":
            self._typed, self._at = self._typed[:-1], -1 if len(self._typed) == 1 else 0
        elif len(key) == 1 and key.isprintable():
            self._typed, self._at = self._typed + key, 0
        return key not in ("escape", "\x03", "\x04")
