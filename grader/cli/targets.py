"""Interpret the arguments of `grader check`: the files to read and the exercises to grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from grader.course.course import Course
from grader.course.index import Entry
from grader.errors import UsageError
from grader.results import UNREADABLE, Fault
from grader.submissions import Submission, read
from grader.submissions.source import Parsed, parse_all


@dataclass(frozen=True)
class Chosen:
    """The files and exercises to grade."""

    submission: Submission
    slugs: tuple[str, ...]
    """Exercises in the order of the course; empty if Python can parse no file."""
    absent: int = 0
    """Number of exercises of the course that the files do not define."""
    places: tuple[Path, ...] = ()
    """The files and folders that were read."""


def choose(course: Course, targets: Sequence[str]) -> Chosen:
    """Return the files and exercises that `targets` mean in the current folder.

    Slugs name exercises to grade, paths name files to read. Without slugs, the files are graded on the
    exercises that they define. Without targets, a course's tree is graded on all exercises, and any other
    folder as if it had been named. Raises `UsageError` for a target that is neither, and for files that
    define no exercise.
    """
    entries = course.entries()
    known = {entry.slug for entry in entries}
    paths = [Path(t) for t in targets if t not in known and _is_path(t)]
    slugs = {course.entry(t).slug for t in targets if Path(t) not in paths}
    if not paths and in_tree(course):
        mine = read(course.exercises, student="me")
        return Chosen(mine, _ordered(entries, slugs or known), places=(course.exercises,))
    places = tuple(paths) or (Path.cwd(),)
    mine = _joined(paths) if paths else read(Path.cwd(), student="me")
    # `grader check relu.py` means the exercise relu, whatever else the file defines.
    own = {p.stem for p in paths if p.suffix == ".py" and p.stem in known}
    if slugs:
        return Chosen(mine, _ordered(entries, slugs | own), places=places)
    others = _joined([p for p in paths if p.stem not in own]) if own else mine
    found = _defining(mine, entries, own | set(_defined(others, entries)), paths)
    return replace(found, places=places)


def in_tree(course: Course) -> bool:
    """Return whether the current folder is the course's folder or one of its exercises' folders."""
    return Path.cwd() == course.root or Path.cwd().is_relative_to(course.exercises)


def _defining(mine: Submission, entries: Sequence[Entry], slugs: set[str], paths: Sequence[Path]) -> Chosen:
    faults = [f.fault.message for f in _parsed(mine) if f.fault and PurePosixPath(f.path).stem not in slugs]
    if not slugs and not faults:
        place = " and ".join(p.name or "This folder" for p in paths) or "This folder"
        verb = "define" if len(paths) > 1 else "defines"
        raise UsageError(f"{place} {verb} no exercise of this course; `grader list` shows their names.")
    noted = replace(mine, notes=tuple(dict.fromkeys([*mine.notes, *faults])))
    return Chosen(noted, _ordered(entries, slugs), len(entries) - len(slugs))


def _ordered(entries: Sequence[Entry], slugs: set[str]) -> tuple[str, ...]:
    return tuple(entry.slug for entry in entries if entry.slug in slugs)


def _parsed(submission: Submission) -> Iterator[Parsed]:
    files = parse_all(submission.files)
    yield from (file for file in files.values() if file.name != "givens.py")
    for path, why in submission.unreadable.items():
        yield Parsed(path, {}, fault=Fault(type=UNREADABLE, message=why))


def _defined(submission: Submission, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the exercises whose function a file defines, or whose own file cannot be parsed."""
    for file in _parsed(submission):
        for entry in entries:
            unreadable = file.fault is not None and PurePosixPath(file.path).stem == entry.slug
            if unreadable or any(name in file.definitions for name in entry.names):
                yield entry.slug


def _is_path(target: str) -> bool:
    return Path(target).exists() or target.endswith(".py") or Path(target).name != target


def _joined(paths: Sequence[Path]) -> Submission:
    """Return all named files as one submission."""
    found = [read(p) for p in paths]
    files: dict[str, bytes] = {}
    for name, data in (item for one in found for item in one.files.items()):
        if files.setdefault(name, data) != data:
            raise UsageError(f"Two different files called {name} were named; check one at a time.")
    notes = tuple(note for one in found for note in one.notes)
    unreadable = {name: why for one in found for name, why in one.unreadable.items()}
    return Submission("me", files, notes, unreadable)
