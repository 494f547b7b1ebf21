"""A small course on disk and submissions to it, for tests that grade whole classes."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from grader.course.course import Course, find
from grader.submissions import Submission

_AUTHORED = '''"""{title}: multiply by a number."""
import numpy as np

from grader import Exercise, arrays, checks


def {slug}(Z):
    """Return {factor} * Z."""
    return {factor}.0 * Z


exercise = Exercise(
    {slug},
    inputs=arrays(ndim=2),
    checks=(checks.preserves_shape(), checks.matches_reference().worth({worth})),
    hints=("Where?", "How?"),
)


@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z):
    """Z ** {power} is a power."""
    return Z ** {power}
'''
RIGHT = "def {}(Z):\n    return {} * Z\n"


def author(folder: Path, slug: str, factor: int, *, lesson: str = "01_small", worth: int = 3) -> None:
    """Write one exercise of 1 + `worth` points, 4 unless it is said."""
    path = folder / "reference" / lesson / f"{slug}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        _AUTHORED.format(title=slug.title(), slug=slug, factor=factor, worth=worth, power=factor + 2)
    )


def small_course(folder: Path, toml: str = 'title = "Small"\n') -> Course:
    """Write a course of two exercises, `twice` and `thrice`."""
    author(folder, "twice", 2)
    author(folder, "thrice", 3)
    (folder / "reference" / "course.toml").write_text(toml)
    return find(folder)


def handed_in(student: str, *, twice: str = "2", thrice: str = "3", **more: object) -> Submission:
    """Return a submission of two one-line functions; the given factors are right."""
    files = {
        "twice.py": RIGHT.format("twice", twice).encode(),
        "thrice.py": RIGHT.format("thrice", thrice).encode(),
    }
    return Submission(student, files, **more)  # type: ignore[arg-type]  # fields by name


def on_disk(folder: Path, submissions: list[Submission]) -> Path:
    """Write submissions as an instructor has them: a folder a student."""
    for one in submissions:
        for name, data in one.files.items():
            path = folder / one.student / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder


def command(*arguments: object) -> list[str]:
    """Return the grader's command line."""
    return [sys.executable, "-P", "-m", "grader", *map(str, arguments)]


def plain_environment() -> dict[str, str]:
    """Return the environment without what would change the grader's output or course."""
    hidden = ("GRADER_", "FORCE_COLOR", "NO_COLOR", "COLUMNS")
    return {name: value for name, value in os.environ.items() if not name.startswith(hidden)}


def recorded(out: Path) -> int:
    """Return how many submissions are in the gradebook by now."""
    if not (out / "gradebook.db").is_file():
        return 0
    link = sqlite3.connect(f"file:{out / 'gradebook.db'}?mode=ro", uri=True)
    try:
        return int(link.execute("select count(*) from attempts").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # the tables are being made
    finally:
        link.close()


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes below one that a test has started, and nobody else's."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):  # that process has ended
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(FileNotFoundError, ProcessLookupError):  # that thread has ended
                found += [int(child) for child in children.read_text().split()]
    for child in found:
        yield child
        yield from descendants(child)


def running(pids: Iterable[int]) -> list[int]:
    """Return the processes that have not ended; not every container's first process reaps orphans at once."""
    return [pid for pid in pids if _state(pid) not in ("", "Z", "X")]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
