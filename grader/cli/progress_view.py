"""Show exercises, hints and progress in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from grader.cli import console
from grader.course.course import Course
from grader.course.index import Entry
from grader.student import progress
from grader.text.numbers import plural, points_text
from grader.text.wording import exercise_status, listed

if TYPE_CHECKING:
    from grader.student.debugging import DebugFile


def show_list(entries: Sequence[Entry], reached: progress.Progress, *, opened: str = "") -> None:
    """Print all lessons with their progress, and the exercises of the lesson `opened`, by default of all."""
    for name, group in groupby(entries, key=lambda entry: entry.lesson):
        lesson = list(group)
        _head(name, lesson, reached)
        if opened in ("", name):
            _exercises(lesson, reached)


def _head(name: str, entries: Sequence[Entry], reached: progress.Progress) -> None:
    done = sum(reached.of(entry.slug).status == "passed" for entry in entries)
    points, total = sum(reached.of(e.slug).points for e in entries), sum(e.points for e in entries)
    bar = console.bar(done / len(entries), 10)
    aside = " (side track)" if entries[0].in_side_track else ""
    score = f"{points_text(points)} of {plural(total, 'point')}"
    head = f"{name}{aside}  {bar}  {done} of {len(entries)} done, {score}"
    console.line(head, style="bold", hang=2)


def _exercises(entries: Sequence[Entry], reached: progress.Progress) -> None:
    width = max(len(entry.slug) for entry in entries)
    label = max(len(entry.difficulty) for entry in entries)
    for entry in entries:
        one = reached.of(entry.slug)
        status = exercise_status(one.shown(entry))
        reach = f"{points_text(one.points):>3}/{points_text(entry.points):<3}"
        row = f"{console.mark(status.shape)} {entry.slug:{width}}  {reach}"
        if label:
            row += f"  {entry.difficulty:{label}}"
        waits = [slug for slug in entry.after if reached.of(slug).status != "passed"]
        after = f" (after {listed(waits, 'exercise')})" if waits else ""
        console.line(f"{row}  {entry.title}{after}", style=console.style(status.shape), indent=2, hang=4)


def show_hints(here: Course, entry: Entry, *, number: int | None = None, everything: bool = False) -> None:
    """Print the hint `number`, by default the next one, or all hints; store how many were shown."""
    for text in next_hints(here, entry, number=number, everything=everything):
        console.line(text, hang=2)


def next_hints(
    here: Course, entry: Entry, *, number: int | None = None, everything: bool = False
) -> list[str]:
    """Return the hint `number`, by default the next one, or all hints; store how many were shown."""
    reached = progress.load(here)
    seen, total = reached.of(entry.slug).hints, len(entry.hints)
    last = total if everything else number or min(seen + 1, total)
    remember(here, reached.hinted(entry.slug, max(seen, last)))
    return [
        f"Hint {position} of {total}: {entry.hints[position - 1]}"
        for position in range(1 if everything else last, last + 1)
    ]


def remember(here: Course, reached: progress.Progress) -> None:
    """Save the progress, or print why that is not possible."""
    trouble = progress.save(here, reached)
    if trouble:
        console.err.print(trouble, style="yellow", markup=False)


def show_debug_file(made: DebugFile) -> None:
    """Print where the program with the failing call is, and how to run it and step through it."""
    console.line("The failing call is in a file of its own.", style="magenta")
    console.line(made.run, label="  run it:  ")
    console.line(made.step, label="  step:    ")
    console.line(
        "s goes into the call, n runs the next line, p NAME prints a value, q quits", label="  then:    "
    )
