"""The command that checks again after each save: its events, and the choice between screen and lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Annotated, Final

import typer

from grader.cli import STUDENTS, app, console, screen
from grader.cli.keys import pressed
from grader.cli.opening import opened_by_student
from grader.cli.options import CourseOption
from grader.cli.watch_lines import LineWatch
from grader.cli.watch_screen import ScreenWatch
from grader.cli.watching import AnyEvent, Events, Key, Resized, Saved, Watching
from grader.course import course
from grader.interrupts import Interrupts
from grader.student import progress

_STEP_MS: Final = 20
_DEBOUNCE_MS: Final = 200
"""Milliseconds in which several writes count as one save."""
_LOOK_S: Final = 0.2
"""Seconds between two checks for signals and the terminal's size while waiting for an event."""


@app.command(rich_help_panel=STUDENTS)
def watch(
    slug: Annotated[str, typer.Argument(help="Where to begin; else the first that is not solved.")] = "",
    edit_cmd: Annotated[
        str, typer.Option("--edit-cmd", help="The command of the key e, such as “code”; else your editor.")
    ] = "",
    course_dir: CourseOption = None,
) -> None:
    """Check again on every save; when an exercise passes, go on to the next.

    At a terminal it is one screen with keys; otherwise it prints lines.

    Example: grader watch softmax
    """
    here = opened_by_student(course_dir)
    first = here.entry(slug) if slug else progress.load(here).following(here.entries())
    if first is None:
        console.line("All exercises pass. `grader watch SLUG` goes back to one.", style="green")
        return
    if not screen.is_possible():
        with _events(here) as events:
            _follow(LineWatch(here, first, editor=edit_cmd), events)
        return
    with _events(here) as events, screen.full_screen() as shown:
        watching = ScreenWatch(here, first, editor=edit_cmd, screen=shown)
        watching.resized()  # what loads now takes most of a second
        _follow(watching, events)
    watching.say_goodbye()


def _follow(watching: Watching, events: Events) -> None:
    from grader.student.check import for_me

    with for_me() as sandbox:
        watching.follow(sandbox, events)


@contextmanager
def _events(here: course.Course) -> Iterator[Events]:
    """Yield the saves and keys in their order; Ctrl-C or SIGTERM ends them and is raised at exit."""
    from watchfiles import PythonFilter
    from watchfiles import watch as saves

    from grader.cli.targets import in_tree

    queue: SimpleQueue[AnyEvent | None] = SimpleQueue()
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
        with (
            pressed(lambda letter: queue.put(Key(letter))) as keyboard,
            Interrupts(tell=lambda: queue.put(None)),
        ):
            yield Events(iter(partial(_awaited, queue, _Sizes()), None), queue.empty, keyboard)
    finally:
        stop.set()
        watcher.join()


class _Sizes:
    """Tells whether the terminal has another size than before."""

    def __init__(self) -> None:
        self._last = screen.size()

    def has_changed(self) -> bool:
        before, self._last = self._last, screen.size()
        return self._last != before


def _awaited(queue: SimpleQueue[AnyEvent | None], sizes: _Sizes) -> AnyEvent | None:
    """Return the next event, or None at the end.

    Python calls a signal's handler only between instructions. A signal just before a wait without a timeout
    would not be handled until the wait ends.
    """
    while True:
        with suppress(Empty):
            return queue.get(timeout=_LOOK_S)
        if sizes.has_changed():
            return Resized()
