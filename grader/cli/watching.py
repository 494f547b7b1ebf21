"""What `grader watch` does at a save or key, however it is shown."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.cli import console, result_view
from grader.cli.keys import Keyboard
from grader.cli.progress_view import next_hints, remember, show_debug_file
from grader.course.course import Course
from grader.course.index import Entry
from grader.errors import UsageError
from grader.results import ExerciseResult, Repair, RepairStage, Result
from grader.student import progress, reset
from grader.student.editor import editor
from grader.text.files import write

if TYPE_CHECKING:
    from grader.sandbox import Sandbox

QUIT: Final = ("q", "\x03", "\x04")
"""Keys that end the watch; a terminal in raw mode passes on Ctrl-C and Ctrl-D."""


class Saved(NamedTuple):
    """A save, with the written files."""

    paths: frozenset[Path]


class Key(NamedTuple):
    """A key that was pressed."""

    letter: str


class Resized(NamedTuple):
    """Another size of the terminal."""


AnyEvent = Saved | Key | Resized


@dataclass(frozen=True)
class Events:
    """The events in their order."""

    each: Iterator[AnyEvent]
    is_quiet: Callable[[], bool] = lambda: False
    """Whether no event waits, so that there is time to search."""
    keyboard: Keyboard | None = None


def _later(repair: Repair) -> tuple[tuple[RepairStage, bool], ...]:
    """Return the stages after the first, and whether they say more."""
    return ("what", bool(repair.what)), ("change", bool(repair.change))


class Watching(ABC):
    """The current exercise, its last result, and the reactions to events."""

    def __init__(self, here: Course, first: Entry, *, editor: str = "") -> None:
        self.here, self.entry = here, first
        self.entries = here.entries()
        self._edit_command = editor
        self._untold: list[RepairStage] = []
        """The stages of the repair that was found and are not told yet."""
        self._repaired: ExerciseResult | None = None

    def follow(self, sandbox: Sandbox, events: Events) -> None:
        """Check the exercise, then react to each event until one ends the loop."""
        self._sandbox, self._events = sandbox, events
        self.check()
        for event in events.each:
            if isinstance(event, Saved):
                self._saved(event.paths)
            elif isinstance(event, Resized):
                self.resized()
            elif not self.pressed(event.letter):
                return

    @abstractmethod
    def check(self) -> None:
        """Check the current exercise and show its result."""

    @abstractmethod
    def pressed(self, letter: str) -> bool:
        """React to a key; return whether to go on."""

    @abstractmethod
    def resized(self) -> None:
        """Show the same at another size of the terminal."""

    @property
    def path(self) -> Path:
        """The file of the current exercise."""
        return reset.place(self.here, self.entry)

    @property
    def lesson_text(self) -> Path | None:
        """The text of the current exercise's lesson, if there is one."""
        path = self.here.exercises / self.entry.lesson / "README.md"
        return path if path.is_file() else None

    def solved(self) -> int:
        """Return the number of exercises that are solved."""
        reached = progress.load(self.here)
        return sum(reached.of(entry.slug).status == "passed" for entry in self.entries)

    def _saved(self, paths: frozenset[Path]) -> None:
        """Check the exercise whose file was saved, or the current one: the file may be a helper of it."""
        stems = {path.stem for path in paths}
        if self.entry.slug not in stems:
            self.entry = next((e for e in self.entries if e.slug in stems), self.entry)
        self.check()

    def result(self, slugs: list[str]) -> Result:
        """Check some exercises, and remember the outcome."""
        from grader.cli.targets import choose
        from grader.student.check import check_in

        chosen = choose(self.here, slugs)
        self._submission, self._places = chosen.submission, chosen.places
        result = check_in(self._sandbox, self.here, self._submission, slugs=slugs)
        self._sandbox.prepare()  # start the next worker before the next save
        remember(self.here, progress.load(self.here).after(result))
        return result

    def search_repair(self, result: Result) -> bool:
        """Search a repair while the learner reads; return whether there is one."""
        from grader.student.repairing import with_repairs

        is_quiet = self._events.is_quiet
        if not any(e.is_unexplained for e in result.exercises) or not is_quiet():
            return False
        found = with_repairs(result, self.here, self._submission, self._sandbox, goes_on=is_quiet)
        self._sandbox.prepare()
        repair = found.exercises[0].repair
        if repair:
            self._repaired = found.exercises[0]
            self._untold = [stage for stage, more in _later(repair) if more]
        return repair is not None

    def repair_told(self, stage: RepairStage = "where") -> Callable[[], None]:
        """Return what prints the repair until a stage, and whether the hint key says more."""
        exercise, has_more = self._repaired, bool(self._untold)

        def say() -> None:
            if exercise:
                result_view.repair(exercise, until=stage)
            if has_more:
                console.line("h says more.", style="dim")

        return say

    @property
    def has_more_of_repair(self) -> bool:
        """Whether the hint key says more of a repair, before it shows a hint."""
        return bool(self._untold)

    def next_hint(self) -> Callable[[], None]:
        """Return what prints the next stage of the repair, or the next hint."""
        if self._untold:
            return self.repair_told(self._untold.pop(0))
        if not self.entry.hints:
            return partial(console.line, f"{self.entry.slug} has no hints.")
        (text,) = next_hints(self.here, self.entry)
        return partial(console.line, text, hang=2)

    def debug(self, result: Result | None) -> Callable[[], None]:
        """Write a program with the failing call; return what prints how to use it."""
        from grader.student.debugging import write_debug_file

        if result is None:
            return partial(console.line, "There is no result yet.")
        try:
            made = write_debug_file(self.here, result.exercises[0], self._places)
        except UsageError as error:
            return partial(console.line, str(error))
        return partial(show_debug_file, made)

    def all_told(self) -> Callable[[], None]:
        """Check all exercises; return what prints the results."""
        result = self.result([entry.slug for entry in self.entries])
        upcoming = progress.load(self.here).following(self.entries)
        return partial(result_view.show, result, named=False, following=upcoming.slug if upcoming else "")

    def following(self) -> Entry | None:
        """Return the next exercise that is not solved."""
        return progress.load(self.here).following(self.entries, slug=self.entry.slug)

    def previous(self) -> Entry | None:
        """Return the exercise before the current one, solved or not."""
        at = [entry.slug for entry in self.entries].index(self.entry.slug)
        return self.entries[at - 1] if at else None

    def move(self, entry: Entry) -> None:
        """Make another exercise the current one."""
        self.entry, self._untold, self._repaired = entry, [], None

    def write_report(self) -> Path:
        """Check all exercises and write the report; return its path."""
        from grader.report.pages import student_page  # templates are slow to load

        page = student_page(self.result([e.slug for e in self.entries]), title=self.here.title)
        path = progress.folder(self.here) / "report.html"
        write(path, page.encode())  # a reload in the browser never meets half a page
        return path

    def edit(self, terminal: AbstractContextManager[object] | None = None) -> str:
        """Open the file in an editor; return what to say."""
        if not self.path.exists():
            reset.restore(self.path, self.entry)
        try:
            chosen = editor(self._edit_command)
            chosen.open(self.path, terminal=terminal)
        except UsageError as error:
            return str(error)
        return f"{chosen.name} has {os.path.relpath(self.path)}."
