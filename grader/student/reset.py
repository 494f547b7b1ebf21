"""Restore a stub, and keep a copy of the file in its place."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from grader.course.course import Course
from grader.course.index import Entry


def place(course: Course, entry: Entry) -> Path:
    """Return an exercise's own file: in the course, or here if the exercises are the installed ones."""
    return Path.cwd() / f"{entry.slug}.py" if course.is_installed else course.exercises / entry.path


def is_untouched(path: Path, entry: Entry) -> bool:
    """Return whether a file is the unchanged stub; its line ends may differ."""
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == entry.stub.encode()


def restore(path: Path, entry: Entry) -> Path | None:
    """Write the stub to `path`; return the path of the copy of the old file, if there was one."""
    backup = _backup(path) if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(entry.stub.encode())
    return backup


def _backup(path: Path) -> Path:
    # Its name must not end in `.py`: a check would then find the function in two files.
    names = (path.with_name(f"{path.name}.bak{n if n > 1 else ''}") for n in count(1))
    free = next(name for name in names if not name.exists())
    return path.replace(free)
