"""The gradebook CSV that Canvas imports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from grader.errors import UsageError
from grader.exports.request import Request
from grader.exports.row_matching import Asked, Finder, Known, known, undecided
from grader.text.tables import foreign, lines, points_cell, read

_HEAD = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
_POSSIBLE = "    Points Possible"  # indented as in Canvas's own export


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write one column with the totals; if Canvas's own export is given as template, use its rows."""
    class_, most = known(request.records)
    total = points_cell(most)
    if request.template:
        left = _filled(request.template, request.title, total, Finder(class_, system="canvas"), to)
        return [*left, *undecided(class_)]
    rows = [[*_HEAD, request.title], [_POSSIBLE, "", "", "", "", total]]
    to.write(lines([*rows, *(_row(one) for one in class_ if not one.open_points)]).encode())
    return undecided(class_)


def _row(record: Known) -> list[str]:
    """Return a student's row; Canvas matches its own ID first, then the SIS ID, then the login."""
    numbers = [number for system in ("canvas", "moodle") for number in record.numbers(system)]
    login = "" if record.listed or numbers else record.student
    ids = [next(iter(record.numbers("canvas")), ""), record.listed, login]
    return [record.name or record.student, *ids, "", points_cell(record.points)]


def _filled(template: Path, title: str, total: str, finder: Finder, to: BinaryIO) -> list[str]:
    head, *rows = read(template)
    if "Section" not in head or head[:2] != ["Student", "ID"]:
        raise UsageError(
            f"{template} is no gradebook export of Canvas: its columns are not Student, ID … Section."
        )
    information = head.index("Section") + 1
    column = next((i for i, name in enumerate(head) if i >= information and _titled(name, title)), None)
    filled = [[*head[:information], head[column] if column else title]]
    filled += [[_POSSIBLE, *row[1:information], total] for row in rows if row[0].strip() == "Points Possible"]
    people = [row for row in rows if row[0].strip() not in ("Points Possible", "Manual Posting")]
    found = finder.find([_asked(dict(zip(head, row, strict=False))) for row in people])
    filled += [
        [*row[:information], points_cell(record.points)]
        for row, record in zip(people, found, strict=True)
        if record and not record.open_points
    ]
    to.write(lines(filled, safe=foreign).encode())
    return finder.left_out(template.name)


def _asked(cells: Mapping[str, str]) -> Asked:
    return Asked(cells["ID"], [cells.get(name, "") for name in _HEAD[2:4]], cells["Student"])


def _titled(name: str, title: str) -> bool:
    """Return whether a column belongs to the assignment: `Title`, or `Title (1234)`."""
    return name == title or name.rpartition(" (")[0] == title
