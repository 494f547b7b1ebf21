"""Find a file's owner by its name: downloads of Moodle, Canvas and GitHub Classroom, and plain folders."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from grader.submissions.file_names import kind, same, stem

# `Given Family_123_assignsubmission_file_relu.py`. Moodle writes no underscore before the number,
# not even in the name of a group; the student's own file name may contain anything.
_MOODLE: Final = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL
)
# `familygiven_LATE_123_4567_relu-1.py`: student, late, number of the student, number of the attachment, file.
_CANVAS: Final = re.compile(
    r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<text>text\.html))",
    re.DOTALL,
)
_AGAIN: Final = re.compile(r"(?P<stem>.+)-(?P<number>\d+)(?P<suffix>\.[^.]+)", re.DOTALL)
# `_123~2`: `~2` distinguishes two students whose names a file system may treat as one.
_NUMBERED: Final = re.compile(r"_(?P<number>\d+)(?:~\d+)?$")
_CLASSROOM: Final = "-submissions"


@dataclass(frozen=True)
class Owner:
    """The student who handed in an entry of the class."""

    student: str
    name: str
    id: str = ""
    system: str = ""
    late: bool = False
    file: str = ""
    """The file's name when it was handed in; empty for a folder."""
    replaced: bool = False
    """Whether the file of a later attempt replaces this one."""
    prefix: str = ""
    """The beginning of the name of a feedback file for this student; empty if the LMS takes none."""


def is_download(name: str) -> bool:
    """Return whether only Moodle or Canvas names a file or folder like this."""
    return bool(_MOODLE.fullmatch(name) or _CANVAS.fullmatch(name))


def number(student: str, *, system: str) -> str:
    """Return the number by which Moodle or Canvas knows a student; empty for any other system.

    The number stays in the student's name even when a roster adds another id.
    """
    found = _NUMBERED.search(student) if system in ("moodle", "canvas") else None
    return found["number"] if found else ""


def owners(tops: Mapping[str, bool], *, folder: str) -> dict[str, Owner]:
    """Return the owner of each name at the top of a class; names that belong to no student are left out.

    Args:
        tops: the names, and whether each is a folder.
        folder: the name of the folder that contains them.
    """
    found = _moodle(tops)
    rest = {top: is_folder for top, is_folder in tops.items() if top not in found}
    canvas = _canvas(top for top, is_folder in rest.items() if not is_folder)
    # A Canvas download consists mostly of such names. A single file such as `hw_1_2_relu.py` does not make
    # one.
    handed_in = [top for top in rest if rest[top] or kind(top) != "other" or top in canvas]
    if 2 * len(canvas) > len(handed_in):
        found |= canvas
    return found | _plain({top: rest[top] for top in rest if top not in found}, folder)


def _moodle(tops: Mapping[str, bool]) -> dict[str, Owner]:
    found = {}
    for top, is_folder in tops.items():
        match = _MOODLE.fullmatch(top)
        if match:
            file = "" if is_folder else (match["file"] or top)
            student = f"{match['name']}_{match['id']}"
            # Moodle splits the name of a feedback file at each underscore to find the number.
            prefix = f"{match['name'].replace('_', ' ')}_{match['id']}_assignsubmission_file_"
            found[top] = Owner(student, match["name"], match["id"], "moodle", file=file, prefix=prefix)
    return found


def _canvas(tops: Iterable[str]) -> dict[str, Owner]:
    found: dict[str, Owner] = {}
    attachments: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for top in tops:
        match = _CANVAS.fullmatch(top)
        if match:
            student = f"{match['name']}_{match['id']}"
            file = match["file"] or match["text"]
            prefix = top.removesuffix(file) if match["attachment"] else ""
            is_late = bool(match["late"])
            found[top] = Owner(student, match["name"], match["id"], "canvas", is_late, file, prefix=prefix)
            attachments[student].append((int(match["attachment"] or 0), top))
    for mine in attachments.values():
        found |= _latest({top: found[top] for _, top in sorted(mine)})
    return found


def _latest(mine: Mapping[str, Owner]) -> dict[str, Owner]:
    """Return one student's files: `a-1.py` is `a.py` handed in again, unless other files contradict that."""
    attempts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for top, owner in mine.items():
        match = _AGAIN.fullmatch(owner.file)
        original = f"{match['stem']}{match['suffix']}" if match else owner.file
        attempts[original].append((int(match["number"]) if match else 0, top))
    found = dict(mine)
    for original, tries in attempts.items():
        # If the numbers do not rise with the attachments, or if there are `part-1` and `part-2` but no
        # `part`, the student chose these names: they are different files.
        numbers = [number for number, _ in tries]
        if numbers != sorted(numbers) or (len(tries) > 1 and numbers[0] != 0):
            continue
        for _, top in tries:
            found[top] = replace(mine[top], file=original, replaced=top != tries[-1][1])
    return found


def _plain(tops: Mapping[str, bool], folder: str) -> dict[str, Owner]:
    prefix = folder.removesuffix(_CLASSROOM) + "-" if folder.endswith(_CLASSROOM) else ""
    names = {
        top: top if is_folder else stem(top)
        for top, is_folder in tops.items()
        if not top.startswith("_") and (is_folder or kind(top) != "other")
    }
    count: dict[str, int] = defaultdict(int)
    for name in names.values():
        count[same(name)] += 1
    found = {}
    for top, name in names.items():
        is_repository = bool(prefix) and tops[top] and top.startswith(prefix) and top != prefix
        # `name.py` beside a folder `name` may belong to another student, so each keeps its full name.
        called = top.removeprefix(prefix) if is_repository else name if count[same(name)] == 1 else top
        found[top] = Owner(
            called, called, system="github" if is_repository else "", file="" if tops[top] else top
        )
    return found
