"""Read a class or one submission from a folder, an archive or a file: list all, then read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader.errors import UsageError
from grader.submissions import folder, git
from grader.submissions.file_names import kind, printable, same, stem, student
from grader.submissions.gather import Builder
from grader.submissions.layout import Layout, opened
from grader.submissions.listing import Entry, RefusedError, Top
from grader.submissions.lms_names import Owner, owners
from grader.submissions.submission import Submission, SubmissionInfo

_LAYOUTS = "one subfolder, archive, notebook or .py a student"
_CHANGED = "It changed while the class was graded: what was there when its turn came was graded."
Owners = Mapping[str, Owner]


@dataclass(frozen=True)
class Intake:
    """A listed class; `read` opens the files."""

    path: Path
    infos: tuple[SubmissionInfo, ...]
    """Submissions in the order of their names."""
    notes: tuple[str, ...] = ()
    """Sentences on files that belong to no student and were left out."""

    def read(self, infos: Sequence[SubmissionInfo]) -> Iterator[Submission]:
        """Yield the submissions of these infos in their order, with the files as they are now."""
        with _opened(self.path) as layout:
            mine, tops = _owners(layout), {top.key: top for top in layout.tops}
            for info in infos:
                yield _reread(info, [tops[key] for key in info.place if key in tops], mine)


def collect(path: Path) -> Intake:
    """Return the class in a folder, a zip or a tar, or the one submission in a file.

    Reads every submission once, for its digest and its notes. Raises `UsageError` if there is nothing to
    grade.
    """
    if not path.exists():
        raise UsageError(f"{path} does not exist; expected a folder or an archive with {_LAYOUTS}.")
    if path.is_file() and kind(path.name) not in ("source", "notebook", "archive"):
        raise UsageError(f"{path} is no folder and no zip or tar; expected {_LAYOUTS}.")
    with _opened(path) as layout:
        mine, stray = _owners(layout), Builder()
        for entry in layout.strays:
            stray.add(entry, "")
        found = _distinct([_listed(tops, mine) for tops in _grouped(layout.tops, mine, stray)])
    if not found:
        raise UsageError(f"{path} holds no submission; expected {_LAYOUTS}.")
    return Intake(path, found, stray.sentences())


def named(path: Path) -> list[Owner]:
    """Return the owner of each folder or file of a download, in the order of their names; opens none."""
    with _opened(path) as layout:
        return [owner for _, owner in sorted(_owners(layout).items())]


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
    builder.close()
    return _submission(builder, Owner(called := student or _student_name(path), called))


def _student_name(path: Path) -> str:
    return path.resolve().name if path.is_dir() else stem(path.name)


@contextmanager
def _opened(path: Path) -> Iterator[Layout]:
    try:
        with opened(path) as layout:
            yield layout
    except RefusedError as error:
        raise UsageError(f"{path} cannot be read as an archive: {error}.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error


def _owners(layout: Layout) -> Owners:
    return owners({top.name: top.is_folder for top in layout.tops}, folder=layout.folder)


def _grouped(tops: Iterable[Top], mine: Owners, stray: Builder) -> list[list[Top]]:
    """Return the files and folders of each student at the top of the class; the others are noted."""
    found: dict[tuple[str, str], list[Top]] = {}
    for top in tops:
        owner = mine.get(top.name)
        if owner is None:
            stray.note(f"{top.name} was left out: it is not {_LAYOUTS}.")
        else:
            # Two names at the top are one student's only if a download's id says so: `name.py` and a folder
            # `name` may be two students.
            key = (owner.system, owner.student if owner.id else top.name)
            found.setdefault(key, []).append(top)
    return list(found.values())


def _gathered(tops: Iterable[Top], mine: Owners) -> Builder:
    builder, is_late = Builder(), False
    for top in tops:
        owner = mine.get(top.name, Owner(top.name, top.name))
        is_late = is_late or owner.late
        if owner.replaced:
            builder.note(f"{top.name} was left out: a later attempt replaced it.")
            continue
        for entry in top.entries():
            builder.add(entry, "/".join(entry.parts) or owner.file or top.name)
    builder.close()
    if is_late:
        builder.note("It was handed in late.")
    return builder


def _listed(tops: Sequence[Top], mine: Owners) -> SubmissionInfo:
    builder, owner = _gathered(tops, mine), mine[tops[0].name]
    submitted = _committed(tops[0], builder) if owner.system == "github" else ""
    return replace(
        _submission(builder, owner).info,
        late=any(mine[top.name].late for top in tops),
        submitted=submitted,
        place=tuple(top.key for top in tops),
    )


def _committed(clone: Top, builder: Builder) -> str:
    """Return the time of a clone's last commit, or an empty text if there is no usable repository."""
    if not clone.path or not (clone.path / ".git").exists():
        return ""
    try:
        return git.last_commit(clone.path)
    except RefusedError as error:
        builder.note(f"The time of its last commit is not known: {error}.")
        return ""


def _submission(builder: Builder, owner: Owner) -> Submission:
    return Submission(
        student(owner.student),
        dict(sorted(builder.files.items())),
        builder.sentences(),
        dict(sorted(builder.unreadable.items())),
        name=student(owner.name),
        id=owner.id,
        system=owner.system,
    )


def _reread(info: SubmissionInfo, tops: Sequence[Top], mine: Owners) -> Submission:
    """Return a submission with its files as they are now, under the name in the list."""
    made = replace(
        _submission(_gathered(tops, mine), Owner(info.student, info.name, info.id, info.system)),
        is_called=info.is_called,
        late=info.late,
        submitted=info.submitted,
    )
    is_same = made.digest == info.digest  # otherwise, the files have changed since the class was listed
    return replace(made, notes=info.notes if is_same else (*made.notes, _CHANGED))


def _distinct(found: list[SubmissionInfo]) -> tuple[SubmissionInfo, ...]:
    """Return the infos by name; if a file system may treat two names as one, the later gets a number."""
    taken: dict[str, None] = {}
    made = []
    # Those with an id of a download come first: their names must not depend on other files in the class.
    for one in sorted(found, key=lambda s: (not s.id, s.student)):
        name, number = one.student, 1
        while same(name) in taken:
            number += 1
            name = f"{one.student}~{number}"
        taken[same(name)] = None
        note = (f"Another student is called almost {one.student}: this one is listed as {name}.",)
        made.append(one if number == 1 else replace(one, student=name, notes=(*one.notes, *note)))
    return tuple(sorted(made, key=lambda s: s.student))
