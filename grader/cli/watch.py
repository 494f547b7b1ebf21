"""The command that checks again after each save, and its keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from grader.cli import STUDENTS, app, console, result_view
from grader.cli.keys import at_terminal, pressed
from grader.cli.opening import opened_by_student
from grader.cli.options import CourseOption
from grader.cli.progress_view import remember, show_hints, show_list
from grader.course import course
from grader.course.index import Entry
from grader.interrupts import Interrupts
from grader.results import Repair, RepairStage, Result
from grader.student import progress, reset
from grader.text.files import write

if TYPE_CHECKING:
    from grader.sandbox import Sandbox

_KEYS: Final = {
    "h": "hint",
    "l": "list",
    "a": "check all",
    "r": "report",
    "n": "next",
    "q": "quit",
}
_STEP_MS: Final = 20
_DEBOUNCE_MS: Final = 200
"""Milliseconds in which several writes count as one save."""
_LOOK_S: Final = 0.2
"""Seconds between two checks for signals while waiting for an event."""


class Saved(NamedTuple):
    """A save, with the written files."""

    paths: frozenset[Path]


class Key(NamedTuple):
    """A key that was pressed."""

    letter: str


_Event = Saved | Key


def _later(repair: Repair) -> tuple[tuple[RepairStage, bool], ...]:
    """Return the stages after the first, and whether they say more."""
    return ("what", bool(repair.what)), ("change", bool(repair.change))


@app.command(rich_help_panel=STUDENTS)
def watch(
    slug: Annotated[str, typer.Argument(help="Where to begin; else the first that is not solved.")] = "",
    course_dir: CourseOption = None,
) -> None:
    """Check again on every save; when an exercise passes, go on to the next.

    Example: grader watch softmax
    """
    from grader.student.check import for_me

    here = opened_by_student(course_dir)
    first = here.entry(slug) if slug else progress.load(here).following(here.entries())
    if first is None:
        console.line("All exercises pass. `grader watch SLUG` goes back to one.", style="green")
        return
    with for_me() as sandbox, _events(here) as events:
        _Watch(here, sandbox, first).follow(*events)


@contextmanager
def _events(here: course.Course) -> Iterator[tuple[Iterator[_Event], Callable[[], bool]]]:
    """Yield an iterator of saves and keys in their order, and whether none waits.

    Ctrl-C or SIGTERM ends the iterator and is raised at exit.
    """
    from watchfiles import PythonFilter
    from watchfiles import watch as saves

    from grader.cli.targets import in_tree

    queue: SimpleQueue[_Event | None] = SimpleQueue()
    stop = Event()

    def look() -> None:
        folder = here.exercises if in_tree(here) else Path.cwd()
        for changes in saves(
            folder, watch_filter=PythonFilter(), stop_event=stop, step=_STEP_MS, debounce=_DEBOUNCE_MS
        ):
            queue.put(Saved(frozenset(Path(path) for _, path in changes)))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        # `Interrupts` defers a Ctrl-C: raised at once, the exception could be lost in a library.
        with pressed(lambda letter: queue.put(Key(letter))), Interrupts(tell=lambda: queue.put(None)):
            yield iter(partial(_awaited, queue), None), queue.empty
    finally:
        stop.set()
        watcher.join()


def _awaited(queue: SimpleQueue[_Event | None]) -> _Event | None:
    """Return the next event, or None at the end.

    Python calls a signal's handler only between instructions. A signal just before a wait without a timeout
    would not be handled until the wait ends.
    """
    while True:
        with suppress(Empty):
            return queue.get(timeout=_LOOK_S)


class _Watch:
    """The current exercise, and the reactions to events."""

    def __init__(self, here: course.Course, sandbox: Sandbox, first: Entry) -> None:
        self._here, self._sandbox, self._entry = here, sandbox, first
        self._entries = here.entries()
        self._untold: list[RepairStage] = []
        """The stages of the repair that was found and are not told yet."""

    def follow(self, events: Iterator[_Event], is_quiet: Callable[[], bool] = lambda: False) -> None:
        """Check the exercise, then react to each event until one ends the loop.

        Args:
            is_quiet: whether no event waits, so that there is time to search.
        """
        self._is_quiet = is_quiet
        self._check()
        for event in events:
            if isinstance(event, Saved):
                self._saved(event.paths)
            elif event.letter in ("q", "\x03", "\x04"):
                return
            else:
                self._pressed(event.letter)

    def _saved(self, paths: frozenset[Path]) -> None:
        """Check the exercise whose file was saved, or the current one: the file may be a helper of it."""
        stems = {path.stem for path in paths}
        if self._entry.slug not in stems:
            self._entry = next((e for e in self._entries if e.slug in stems), self._entry)
        self._check()

    def _pressed(self, letter: str) -> None:
        actions = {
            "h": self._hint,
            "l": self._list,
            "a": self._all,
            "r": self._report,
            "n": self._next,
            "\n": self._check,
            "\r": self._check,
        }
        actions.get(letter, self._help)()

    def _check(self) -> None:
        if console.out.is_terminal:
            console.out.clear()
        self._untold = []
        result = self._result([self._entry.slug])
        result_view.show(result)
        if all(exercise.status == "passed" for exercise in result.exercises):
            self._next()
        else:
            self._where()
            self._repair(result)

    def _repair(self, result: Result) -> None:
        """Search a repair while the learner reads, and say where it is."""
        from grader.student.repairing import with_repairs

        if not any(e.is_unexplained for e in result.exercises) or not self._is_quiet():
            return
        found = with_repairs(result, self._here, self._submission, self._sandbox, goes_on=self._is_quiet)
        self._sandbox.prepare()
        self._repaired = found.exercises[0]
        repair = self._repaired.repair
        if repair:
            self._untold = [stage for stage, more in _later(repair) if more]
            result_view.repair(self._repaired, until="where")
            if self._untold:
                console.line("h says more.", style="dim")

    def _result(self, slugs: list[str]) -> Result:
        from grader.cli.targets import choose
        from grader.student.check import check_in

        self._submission = choose(self._here, slugs).submission
        result = check_in(self._sandbox, self._here, self._submission, slugs=slugs)
        self._sandbox.prepare()  # start the next worker before the next save
        remember(self._here, progress.load(self._here).after(result))
        return result

    def _next(self) -> None:
        following = progress.load(self._here).following(self._entries, slug=self._entry.slug)
        if following is None:
            console.line("No other exercise is left.", style="green")
            return
        self._entry, self._untold = following, []
        console.line(f"Next: {following.slug}. {following.title}", style="bold", hang=2)
        self._where()

    def _where(self) -> None:
        reached = progress.load(self._here)
        done = sum(reached.of(entry.slug).status == "passed" for entry in self._entries)
        bar = console.bar(done / len(self._entries), 20)
        console.line(f"{bar} {done} of {len(self._entries)} done", style="dim")
        console.line(f"Waiting for a save of {os.path.relpath(reset.place(self._here, self._entry))}")
        self._help()

    def _help(self) -> None:
        keys = "  ".join(f"{letter} {word}" for letter, word in _KEYS.items())
        console.line(keys if at_terminal() else f"keys: {keys}", style="dim")

    def _hint(self) -> None:
        if self._untold:
            result_view.repair(self._repaired, until=self._untold.pop(0))
        elif self._entry.hints:
            show_hints(self._here, self._entry)
        else:
            console.line(f"{self._entry.slug} has no hints.")

    def _list(self) -> None:
        show_list(self._entries, progress.load(self._here), opened=self._entry.lesson)

    def _all(self) -> None:
        result = self._result([entry.slug for entry in self._entries])
        upcoming = progress.load(self._here).following(self._entries)
        result_view.show(result, named=False, following=upcoming.slug if upcoming else "")
        self._help()

    def _report(self) -> None:
        from grader.report.pages import student_page  # templates are slow to load

        page = student_page(self._result([e.slug for e in self._entries]), title=self._here.title)
        path = progress.folder(self._here) / "report.html"
        write(path, page.encode())  # a reload in the browser never meets half a page
        console.line(f"Report: {os.path.relpath(path)}")
