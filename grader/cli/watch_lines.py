"""`grader watch` where no screen can be drawn: lines, one after the other."""

from __future__ import annotations

import os
from typing import Final

from grader.cli import console, result_view
from grader.cli.keys import at_terminal
from grader.cli.progress_view import show_list
from grader.cli.watching import QUIT, Watching
from grader.course.index import Entry
from grader.results import Result
from grader.student import progress

_KEYS: Final = {
    "e": "edit",
    "h": "hint",
    "d": "debug",
    "t": "text",
    "l": "list",
    "a": "check all",
    "o": "report",
    "n": "next",
    "p": "previous",
    "q": "quit",
}


class LineWatch(Watching):
    """Prints what it finds."""

    _last: Result | None = None
    """The result of the current exercise."""

    def check(self) -> None:
        """Check the current exercise; when it passes, go on to the next."""
        self.move(self.entry)
        result = self.result([self.entry.slug])
        self._last = result
        result_view.show(result)
        if all(exercise.status == "passed" for exercise in result.exercises):
            self._next()
            return
        self._where()
        if self.search_repair(result):
            self.repair_told()()

    def pressed(self, letter: str) -> bool:
        """React to a key; return whether to go on."""
        if letter in QUIT:
            return False
        actions = {
            "e": self._edit,
            "h": lambda: self.next_hint()(),
            "d": lambda: self.debug(self._last)(),
            "t": self._text,
            "l": self._list,
            "a": self._all,
            "o": self._report,
            "n": self._next,
            "p": self._previous,
            "\n": self.check,
            "\r": self.check,
        }
        actions.get(letter, self._help)()
        return True

    def resized(self) -> None:
        """Do nothing: lines that were printed stay as they are."""

    def _next(self) -> None:
        following = self.following()
        if following is None:
            console.line("No other exercise is left.", style="green")
        else:
            self._go("Next", following)

    def _previous(self) -> None:
        before = self.previous()
        if before is None:
            console.line(f"{self.entry.slug} is the first exercise.")
        else:
            self._go("Before", before)

    def _go(self, word: str, entry: Entry) -> None:
        self.move(entry)
        self._last = None
        console.line(f"{word}: {entry.slug}. {entry.title}", style="bold", hang=2)
        self._where()

    def _where(self) -> None:
        done, total = self.solved(), len(self.entries)
        console.line(f"{console.bar(done / total, 20)} {done} of {total} done", style="dim")
        console.line(f"Waiting for a save of {os.path.relpath(self.path)}")
        self._help()

    def _help(self) -> None:
        keys = "  ".join(f"{letter} {word}" for letter, word in _KEYS.items())
        console.line(keys if at_terminal() else f"keys: {keys}", style="dim")

    def _edit(self) -> None:
        keyboard = self._events.keyboard
        console.line(self.edit(keyboard.lent() if keyboard and at_terminal() else None))

    def _text(self) -> None:
        text = self.lesson_text
        console.line(f"Text: {os.path.relpath(text)}" if text else f"{self.entry.lesson} has no text.")

    def _list(self) -> None:
        show_list(self.entries, progress.load(self.here), opened=self.entry.lesson)

    def _all(self) -> None:
        self.all_told()()
        self._help()

    def _report(self) -> None:
        console.line(f"Report: {os.path.relpath(self.write_report())}")
