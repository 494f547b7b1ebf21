"""`grader watch` at a terminal: one screen that is drawn anew at each event."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import localtime, strftime

from grader.cli import console, result_view
from grader.cli.screen import Screen, size
from grader.cli.watch_page import Page, Printer, drawn
from grader.cli.watch_views import Pager, Picker
from grader.cli.watching import QUIT, Watching
from grader.course.course import Course
from grader.course.index import Entry
from grader.results import Result
from grader.student import browser, progress
from grader.student.task_text import task_text

_CHECKING = "checking…"


class ScreenWatch(Watching):
    """Draws what it finds."""

    def __init__(self, here: Course, first: Entry, *, screen: Screen, editor: str = "") -> None:
        super().__init__(here, first, editor=editor)
        self._screen = screen
        self._result: Result | None = None
        self._state = _CHECKING
        self._passed: list[str] = []
        self._notes: list[Printer] = []
        self._view: Pager | Picker | None = None

    def say_goodbye(self) -> None:
        """Print where the learner is, as the screen is gone."""
        console.line(f"{self.solved()} of {len(self.entries)} done. Go on with: grader watch", style="dim")

    def check(self) -> None:
        """Check the current exercise; when it passes, go on to the next that does not."""
        self._passed, self._view = [], None
        while self._checked() and (following := self.following()):
            self._passed.append(self.entry.slug)
            self._go(following)
        if self._result and self.search_repair(self._result):
            self._say(self.repair_told())

    def _checked(self) -> bool:
        """Check the current exercise and show the result; return whether it passes."""
        self.move(self.entry)
        self._notes, self._state = [], _CHECKING
        self._draw()
        self._result = self.result([self.entry.slug])
        self._state = f"Checked at {strftime('%H:%M:%S', localtime())}; a save checks again."
        self._draw()
        return all(exercise.status == "passed" for exercise in self._result.exercises)

    def pressed(self, letter: str) -> bool:
        """React to a key; return whether to go on."""
        if self._view:
            self._pressed_in_view(self._view, letter)
            return True
        if letter in QUIT:
            return False
        actions = {
            "e": self._edit,
            "h": self._hint,
            "d": lambda: self._say(self.debug(self._result)),
            "m": self._more,
            "t": self._text,
            "l": self._list,
            "a": self._all,
            "o": self._report,
            "n": lambda: self._visit(self.following(), "No other exercise is left to solve."),
            "p": lambda: self._visit(self.previous(), f"{self.entry.slug} is the first exercise."),
            "\n": self.check,
            "\r": self.check,
        }
        if letter in actions:
            actions[letter]()
        return True

    def resized(self) -> None:
        """Draw the same at another size of the terminal."""
        self._draw()

    def _pressed_in_view(self, view: Pager | Picker, letter: str) -> None:
        if not view.pressed(letter):
            self._view = None
            if isinstance(view, Picker) and view.chosen:
                self._visit(view.chosen, "")
                return
        self._draw()

    def _visit(self, entry: Entry | None, otherwise: str) -> None:
        if entry is None:
            self._say(partial(console.line, otherwise))
            return
        self._passed = []
        self._go(entry)
        self._checked()

    def _hint(self) -> None:
        if self.has_more_of_repair:
            self._notes.pop()  # the next stage repeats the one before
        self._say(self.next_hint())

    def _go(self, entry: Entry) -> None:
        self.move(entry)
        self._result = None

    def _say(self, note: Printer) -> None:
        self._notes.append(note)
        self._draw()

    def _draw(self) -> None:
        shape = size()
        self._screen.show(self._view.drawn(shape) if self._view else drawn(self._page(), shape))

    def _page(self) -> Page:
        lesson = [entry.slug for entry in self.entries if entry.lesson == self.entry.lesson]
        parts = [f"Exercise {lesson.index(self.entry.slug) + 1} of {len(lesson)} in {self.entry.lesson}"]
        if self.entry.difficulty:
            parts.append(self.entry.difficulty)
        if self.entry.minutes:
            parts.append(f"about {self.entry.minutes} minutes")
        text = self.lesson_text
        return Page(
            entry=self.entry,
            text=task_text(self.entry),
            place=", ".join(parts),
            file=os.path.relpath(self.path),
            lesson_text=os.path.relpath(text) if text else "",
            state=self._state,
            result=self._result.exercises[0] if self._result else None,
            is_checking=self._state == _CHECKING,
            done=self.solved(),
            total=len(self.entries),
            passed=self._passed,
            notes=self._notes,
        )

    def _open(self, view: Pager | Picker) -> None:
        self._view = view
        self._draw()

    def _more(self) -> None:
        if self._result:
            prints = partial(result_view.show, self._result, everything=True)
            self._open(Pager(f"All checks of {self.entry.slug}", prints))

    def _text(self) -> None:
        path = self.lesson_text
        if path is None:
            self._say(partial(console.line, f"{self.entry.lesson} has no text."))
            return
        self._open(lesson_pager(path, self.entry))

    def _list(self) -> None:
        self._open(Picker(self.entries, progress.load(self.here), self.entry))

    def _all(self) -> None:
        self._while_checking("checking all exercises…")
        prints = self.all_told()
        self._waits()
        self._open(Pager("All exercises", prints))

    def _report(self) -> None:
        self._while_checking("checking all exercises for the report…")
        path = self.write_report()
        self._waits()
        opened = browser.show(path)
        where = os.path.relpath(path)
        said = (
            f"The report is in your browser: {where}" if opened else f"Open the report in a browser: {where}"
        )
        self._say(partial(console.line, said))

    def _while_checking(self, state: str) -> None:
        self._state = state
        self._draw()

    def _waits(self) -> None:
        self._state = "A save checks again."

    def _edit(self) -> None:
        said = self.edit(self._lent())
        self._say(partial(console.line, said))

    @contextmanager
    def _lent(self) -> Iterator[None]:
        """Give the terminal to a program until it ends."""
        keyboard = self._events.keyboard
        with self._screen.left():
            if keyboard is None:
                yield
                return
            with keyboard.lent():
                yield


def lesson_pager(path: Path, entry: Entry) -> Pager:
    """Return the text of a lesson, open where it is about an exercise."""
    from grader.cli.lesson_view import show_lesson  # takes long to load

    text = path.read_text(encoding="utf-8", errors="replace")
    return Pager(f"Text of {entry.lesson}", partial(show_lesson, text), start=f"{entry.slug}(")
