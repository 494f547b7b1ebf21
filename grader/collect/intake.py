"""A class or one submission, from a folder, an archive or a file, into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.collect import archive, folder
from grader.collect.builder import Builder
from grader.collect.downloads import Owner, is_download, owners
from grader.collect.entry import Entry, RefusedError
from grader.collect.names import is_junk, kind, printable, same, stem, student, tool
from grader.collect.submission import Submission
from grader.errors import UsageError

_LAYOUTS = "one subfolder, archive, notebook or .py a student"
Listing = Callable[[], Iterator[Entry]]


@dataclass(frozen=True)
class Intake:
    """A class."""

    submissions: tuple[Submission, ...]
    """In the order of their names."""
    notes: tuple[str, ...] = ()
    """What belongs to no student and was left out."""


def collect(path: Path) -> Intake:
    """Return the class in a folder, a zip or a tar, or the one submission in a file.

    Raises `UsageError` if there is nothing to grade.
    """
    if not path.exists():
        raise UsageError(f"{path} does not exist; expected a folder or an archive with {_LAYOUTS}.")
    if path.is_file() and kind(path.name) in ("source", "notebook"):
        return Intake((read(path),))
    if path.is_file() and kind(path.name) != "archive":
        raise UsageError(f"{path} is no folder and no zip or tar; expected {_LAYOUTS}.")
    try:
        found = _class(partial(_listing, path), path)
    except RefusedError as error:
        raise UsageError(f"{path} cannot be read as an archive: {error}.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if not found.submissions:
        raise UsageError(f"{path} holds no submission; expected {_LAYOUTS}.")
    return found


def read(path: Path, *, student: str = "") -> Submission:
    """Return the submission in one folder, archive, notebook or file."""
    if not path.exists():
        raise UsageError(f"{path} does not exist; expected a folder, a .py, an .ipynb or a zip.")
    builder = Builder()
    if path.is_dir():
        for entry in folder.student(path):
            builder.add(entry, "/".join(entry.parts))
    else:
        name = printable(path.name)
        builder.add(Entry((name,), partial(folder.content, path)), name)
    name = student or (path.resolve().name if path.is_dir() else stem(path.name))
    return _submission(builder, Owner(name, name))


def _listing(path: Path) -> Iterator[Entry]:
    if path.is_dir():
        yield from folder.walk(path)
        return
    with path.open("rb") as stream:
        yield from archive.members(stream)


def _class(listing: Listing, path: Path) -> Intake:
    listed = [(e.parts, e.is_folder) for e in listing() if e.parts and not is_junk(e.parts[0])]
    top = _wrapper([parts for parts, _ in listed], is_archive=not path.is_dir())
    name = top[-1] if top else stem(path.name) if path.is_file() else path.resolve().name
    tops: dict[str, bool] = {}
    for parts, is_folder in listed:
        if len(parts) > len(top) and not is_junk(parts[len(top)]) and not tool((parts[len(top)],)):
            first = parts[len(top)]
            tops[first] = tops.get(first, False) or is_folder or len(parts) > len(top) + 1
    mine = owners(tops, folder=printable(name))
    return _gathered(listing(), len(top), mine)


def _wrapper(paths: Sequence[tuple[str, ...]], *, is_archive: bool) -> tuple[str, ...]:
    """Return the folder that holds the whole class, if the students do not stand at the top themselves.

    Archives mostly hold one; in a folder that was named, a single subfolder is a student unless its
    content says otherwise.
    """
    tops = {parts[0] for parts in paths}
    inner = {parts[1] for parts in paths if len(parts) > 1}
    if len(tops) != 1 or not inner or is_download(min(tops)):
        return ()
    return tuple(tops) if is_archive or any(map(is_download, inner)) else ()


def _gathered(entries: Iterator[Entry], depth: int, mine: dict[str, Owner]) -> Intake:
    builders: dict[tuple[str, str], tuple[Owner, Builder]] = {}
    stray = Builder()
    for entry in entries:
        parts = entry.parts[depth:]
        owner = mine.get(parts[0]) if parts else None
        if owner is None:
            _left(stray, entry, parts)
            continue
        # Only a download's ids tell that two names at the top are one student's.
        key = (owner.system, owner.student if owner.id else parts[0])
        known, builder = builders.setdefault(key, (owner, Builder()))
        builders[key] = (replace(known, late=known.late or owner.late), builder)
        if owner.replaced:
            builder.note(f"{parts[0]} was left out: a later attempt replaced it.")
        else:
            builder.add(entry, "/".join(parts[1:]) or owner.file or parts[0])
    found = [_submission(builder, owner) for owner, builder in builders.values()]
    return Intake(_distinct(found), stray.sentences())


def _left(stray: Builder, entry: Entry, parts: tuple[str, ...]) -> None:
    """Note what belongs to no student, once for each name at the top."""
    if entry.refused and not entry.parts:
        stray.note(f"{entry} was left out: {entry.refused}.")
    elif parts and not is_junk(entry.parts[0]) and not is_junk(parts[0]) and not tool(parts[:1]):
        stray.note(f"{parts[0]} was left out: it is not {_LAYOUTS}.")


def _submission(builder: Builder, owner: Owner) -> Submission:
    builder.close()
    if owner.late:
        builder.note("It was handed in late.")
    return Submission(
        student(owner.student),
        dict(sorted(builder.files.items())),
        builder.sentences(),
        dict(sorted(builder.unreadable.items())),
        name=student(owner.name),
        id=owner.id,
        system=owner.system,
        late=owner.late,
    )


def _distinct(found: list[Submission]) -> tuple[Submission, ...]:
    """Return the submissions by name; of names that one file system takes for one, the later get a number."""
    taken: dict[str, None] = {}
    made = []
    # Those with an id of a download first: their names must not depend on what else lies there.
    for one in sorted(found, key=lambda s: (not s.id, s.student)):
        name, number = one.student, 1
        while same(name) in taken:
            number += 1
            name = f"{one.student}~{number}"
        taken[same(name)] = None
        note = (f"Another student is called almost {one.student}: this one is listed as {name}.",)
        made.append(one if number == 1 else replace(one, student=name, notes=(*one.notes, *note)))
    return tuple(sorted(made, key=lambda s: s.student))
