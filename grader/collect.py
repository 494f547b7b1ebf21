"""What was handed in, read into memory: a folder of students, a student's folder, or one file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

FILE_BYTES = 1024 * 1024
TOTAL_BYTES = 8 * 1024 * 1024
FILES = 500
_IGNORED = ("__pycache__", "__MACOSX", "node_modules")
_NEVER = ("conftest.py",)


@dataclass(frozen=True)
class Submission:
    """One student's Python files by their path inside the submission."""

    student: str
    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()
    """What was left out, and why."""
    name: str = ""
    """As the download or folder gives it, without what makes `student` unique."""
    id: str = ""
    """The roster's, else the one in the download's names, else empty."""
    system: str = ""
    """Whose ids these are: `moodle`, `canvas`, `github`, or empty."""
    late: bool = False
    """Marked so by the download."""
    submitted: str = ""
    """When it was handed in, ISO 8601 with a time zone; empty if nothing says so."""

    @property
    def digest(self) -> str:
        """SHA-256 of names and contents."""
        total = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            total.update(f"{len(name)}:{name}:{len(data)}:".encode("utf-8", "surrogateescape"))
            total.update(data)
        return total.hexdigest()


def collect(path: Path) -> list[Submission]:
    """Return the submissions in `path`: one for each subfolder and each `.py`, in the order of their names.

    Raises `UsageError` if there is nothing to grade.
    """
    if not path.is_dir():
        raise UsageError(
            f"{path} is not a folder with submissions; expected one subfolder or one .py a student."
        )
    entries = sorted(p for p in path.iterdir() if not p.name.startswith((".", "_")))
    found = [_one(p) for p in entries if p.is_dir() or p.suffix == ".py"]
    if not found:
        raise UsageError(
            f"{path} holds no submission; expected one subfolder or one .py file for each student."
        )
    twice = [name for name, n in Counter(s.student for s in found).items() if n > 1]
    if twice:
        raise UsageError(f"{path} holds two submissions called {twice[0]}: a folder and a file.")
    return found


def read(path: Path, *, student: str = "") -> Submission:
    """Return the submission in one folder or one file."""
    if not path.exists():
        raise UsageError(f"{path} does not exist; expected a folder or a .py file.")
    return _one(path, student)


def _one(path: Path, student: str = "") -> Submission:
    name = student or _text(path.name if path.is_dir() else path.stem)
    notes: list[str] = []
    files: dict[str, bytes] = {}
    total = 0
    for file in _python_files(path, notes):
        data = _content(file, notes)
        if data is None:
            continue
        total += len(data)
        if total > TOTAL_BYTES or len(files) == FILES:
            notes.append(f"Only the first {len(files)} files were read; the rest is over the limit.")
            break
        files[_text(file.relative_to(path if path.is_dir() else path.parent).as_posix())] = data
    return Submission(name, files, tuple(notes))


def _text(name: str) -> str:
    """Return a name of the file system as text; bytes that are no UTF-8 are spelled out."""
    return os.fsencode(name).decode(errors="backslashreplace")


def _python_files(path: Path, notes: list[str]) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if f not in _IGNORED and not f.startswith("."))
        for name in sorted(names):
            if name in _NEVER:
                notes.append(f"{name} was left out: graders never run a submission's test set-up.")
            elif name.endswith(".py"):
                yield Path(folder, name)


def _content(file: Path, notes: list[str]) -> bytes | None:
    """Return a regular file's bytes; links, devices and what is too large are noted and left out."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        notes.append(f"{file.name} was left out: {error.strerror}.")
        return None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            notes.append(f"{file.name} was left out: it is not a regular file.")
            return None
        data = stream.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        notes.append(f"{file.name} was left out: it is larger than {FILE_BYTES // 1024} KB.")
        return None
    return data
