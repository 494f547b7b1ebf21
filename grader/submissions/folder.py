"""The files below a folder: links, devices and pipes are listed but never opened."""

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
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def tops(root: Path) -> list[Top]:
    """Return what stands in `root`; no folder there is looked into before its entries are asked for."""
    naming = Naming()
    return [_top(item, naming) for item in _sorted(root) if not is_junk(item.name) and not tool((item.name,))]


def _top(item: os.DirEntry[str], naming: Naming) -> Top:
    path, (name,) = Path(item.path), naming.below((), item.name)
    entry = _entry(item, ())
    if entry.is_folder and not entry.refused:
        return Top(item.name, name, partial(student, path), is_folder=True, path=path)
    return Top(item.name, name, partial(iter, (entry,)), is_folder=entry.is_folder)


def student(folder: Path) -> Iterator[Entry]:
    """Yield what is below one student's folder, files before folders, at most `MEMBERS`."""
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
        # What was a file when it was listed may be another thing by now.
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise RefusedError("it is not a regular file")
        try:
            return stream.read(limit)
        except OSError as error:  # of a disk or a share: no reason to grade nobody
            raise RefusedError(f"it cannot be read ({error.strerror})") from error
