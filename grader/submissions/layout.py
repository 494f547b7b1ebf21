"""Find the top of a class in its folder or archive: the level whose entries belong to one student each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.submissions import archive, folder
from grader.submissions.archive import Member
from grader.submissions.file_names import Naming, is_junk, kind, printable, split, stem, tool
from grader.submissions.listing import Entry, Top
from grader.submissions.lms_names import is_download

_CLONE: Final = (".git", ".classroom50.yaml")
"""What a clone of GitHub Classroom or Classroom 50 holds."""


@dataclass(frozen=True)
class Layout:
    """The top of an open class."""

    folder: str
    """Printable name of the folder that contains the tops."""
    tops: Sequence[Top]
    strays: Sequence[Entry] = ()
    """Refused members whose names do not tell to which top they belong, such as `/etc/passwd`."""


@contextmanager
def opened(path: Path) -> Iterator[Layout]:
    """List a class; its tops can be read in any order while the context is open.

    Raises `RefusedError` or `OSError` if it cannot be listed.
    """
    if path.is_dir():
        yield _of_folder(path)
    elif kind(path.name) in ("source", "notebook"):
        name = printable(path.name)
        alone = Entry((), partial(folder.content, path))
        yield Layout("", [Top(path.name, name, partial(iter, (alone,)), is_folder=False)])
    else:
        with path.open("rb") as stream, archive.opened(stream) as members:
            yield _of_archive(members, stem(path.name))


def _of_folder(path: Path) -> Layout:
    """Return the layout of a folder.

    A single subfolder is a student, unless its entries have the names of a download or are clones.

    Raises `UsageError` if one subfolder of several holds clones: it is a class.
    """
    tops = folder.tops(path)
    clones = {top.name: count for top in tops if top.path and (count := _clones(top.path))}
    if clones and len(tops) > 1:
        name, count = next(iter(clones.items()))
        raise UsageError(
            f"{path / name} holds {count} clones of a classroom: it is a class, not a student; "
            "grade it alone, or move it away."
        )
    if len(tops) == 1 and (only := tops[0]).path and not is_download(only.name):
        inner = folder.tops(only.path)
        if clones or any(is_download(top.name) for top in inner):
            return Layout(only.name, inner)
    return Layout(printable(path.resolve().name), tops)


def _clones(path: Path) -> int:
    """Return the number of a classroom's clones in a folder, at least 2 or else 0."""
    try:
        inner = [one for one in path.iterdir() if one.is_dir() and not one.is_symlink()]
        return _of_one_class([one.name for one in inner if any((one / mark).exists() for mark in _CLONE)])
    except OSError:
        return 0  # it is noted when the student's files are listed


def _of_one_class(names: Sequence[str]) -> int:
    """Return how many clones these are, 0 unless their names begin alike, as `homework-1-` and a login."""
    first, last = min(names, default=""), max(names, default="")
    alike = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return len(names) if len(names) > 1 and "-" in first[:alike] else 0


def _of_archive(members: Sequence[Member], name: str) -> Layout:
    """Return the layout of an archive; most archives contain a single folder with all students in it."""
    paths = [split(member.name)[0] for member in members]
    kept = [parts[:2] for parts in paths if parts and not is_junk(parts[0])]
    tops, is_inner = {parts[0] for parts in kept}, any(len(parts) > 1 for parts in kept)
    wrapper = tops.pop() if len(tops) == 1 and is_inner and not is_download(min(tops)) else ""
    inner = _folder_of_clones(paths) if wrapper else ""
    depth = 2 if inner else 1 if wrapper else 0
    naming = Naming()
    found: dict[str, list[Member]] = {}
    for parts, member in zip(paths, members, strict=True):
        if len(parts) > depth and not is_junk(parts[0]):
            found.setdefault(parts[depth], []).append(member)
    return Layout(
        printable(inner or wrapper or name),
        [
            Top(
                key,
                naming((key,))[0],
                partial(_entries, mine, depth),
                is_folder=any(m.is_folder or len(split(m.name)[0]) > depth + 1 for m in mine),
            )
            for key, mine in found.items()
            if not is_junk(key) and not tool((key,))
        ],
        [member.entry(naming) for parts, member in zip(paths, members, strict=True) if not parts],
    )


def _folder_of_clones(paths: Sequence[tuple[str, ...]]) -> str:
    """Return the only folder in an archive's only folder if it holds the clones of a class, else nothing."""
    inner = {parts[1] for parts in paths if len(parts) > 1 and not is_junk(parts[1])}
    clones = {parts[2] for parts in paths if len(parts) > 3 and parts[3] in _CLONE}
    return inner.pop() if len(inner) == 1 and _of_one_class(sorted(clones)) else ""


def _entries(members: Sequence[Member], depth: int) -> Iterator[Entry]:
    naming = Naming()
    for member in members:
        entry = member.entry(naming)
        yield replace(entry, parts=entry.parts[depth + 1 :])
