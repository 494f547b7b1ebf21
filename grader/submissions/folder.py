"""List the files below a folder; links, devices and pipes are never opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from grader.submissions.file_names import DEPTH, Naming, is_junk, printable, tool
from grader.submissions.listing import Entry, RefusedError, Top

MEMBERS = 20_000
"""Most files and folders of one student that are listed."""
# Neither follow a link that has replaced a file since it was listed, nor wait for a pipe's other end.
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def tops(root: Path) -> list[Top]:
    """Return the files and folders in `root`; a folder is listed only when its entries are iterated."""
    naming = Naming()
    return [_top(item, naming) for item in _sorted(root) if not is_junk(item.name) and not tool((item.name,))]


def _top(item: os.DirEntry[str], naming: Naming) -> Top:
    path, (name,) = Path(item.path), naming.below((), item.name)
    entry = _entry(item, ())
    if entry.is_folder and not entry.refused:
        return Top(item.name, name, partial(student, path), is_folder=True, path=path)
    return Top(item.name, name, partial(iter, (entry,)), is_folder=entry.is_folder)


def student(folder: Path) -> Iterator[Entry]:
    """Yield at most `MEMBERS` entries below one student's folder, files before folders."""
    below = _below(folder, (), Naming())
    yield from islice(below, MEMBERS)
    if next(below, None):
        yield Entry(("…",), refused=f"only the first {MEMBERS} files were looked at")


def _below(folder: Path, parts: tuple[str, ...], naming: Naming) -> Iterator[Entry]:
    try:
        items = _sorted(folder)
    except OSError as error:
        unread = f"the folder cannot be read ({error.strerror})"
        yield Entry(parts, refused=unread, is_folder=True, label=printable(folder.name))
        return
    folders = []
    for item in items:
        entry = _entry(item, naming.below(parts, item.name))
        if entry.is_folder and not entry.refused and not is_junk(item.name) and not tool((entry.parts[-1],)):
            folders.append((Path(item.path), entry.parts))
        yield entry
    for path, inner in folders:
        if len(inner) > DEPTH:
            yield Entry(inner, refused="it lies too deep")
        else:
            yield from _below(path, inner, naming)


def _sorted(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as items:
        return sorted(items, key=lambda item: item.name)


def _entry(item: os.DirEntry[str], parts: tuple[str, ...]) -> Entry:
    if item.is_symlink():
        return Entry(parts, refused="it is a link", is_folder="." not in item.name)
    if item.is_dir(follow_symlinks=False):
        return Entry(parts, is_folder=True)
    if not item.is_file(follow_symlinks=False):
        return Entry(parts, refused="it is not a regular file")
    return Entry(parts, partial(content, item.path))


def content(path: str | Path, limit: int) -> bytes:
    """Return at most `limit` bytes of a regular file; raises `RefusedError` for all else."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name can be"
        raise RefusedError(f"it cannot be opened ({reason})") from error
    with os.fdopen(descriptor, "rb") as stream:
        # The file may have been replaced since it was listed.
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise RefusedError("it is not a regular file")
        try:
            return stream.read(limit)
        except OSError as error:  # an error of a disk or a network share must not stop the whole class
            raise RefusedError(f"it cannot be read ({error.strerror})") from error
