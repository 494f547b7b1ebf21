"""The gradebook CSV that Canvas imports."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from grader.errors import UsageError
from grader.exports.request import Request
from grader.exports.row_matching import Asked, Finder, Known, known, undecided, without_ids
from grader.text.tables import foreign, lines, points_cell, read

_HEAD = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
_EXCUSED = "EX"
_POSSIBLE = "    Points Possible"  # indented as in Canvas's own export


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write one column with the totals; if Canvas's own export is given as template, use its rows."""
    class_, most = known(request.records)
    title = request.column or request.title
    if request.template:
        left = _filled(request.template, title, most, Finder(class_, system="canvas"), to)
        return [*left, *undecided(class_)]
    people = [one for one in class_ if not one.open_points]
    rows = [[*_HEAD, title], [_POSSIBLE, "", "", "", "", points_cell(most)]]
    to.write(lines([*rows, *(_row(one) for one in people)]).encode())
    return [*without_ids((one for one in people if not any(_ids(one))), tool="Canvas"), *undecided(class_)]


def _row(record: Known) -> list[str]:
    return [record.name or record.student, *_ids(record), "", points_cell(record.points)]


def _ids(record: Known) -> list[str]:
    """Return a student's ids; Canvas matches its own ID first, then the SIS ID, then the login."""
    numbers = [number for system in ("canvas", "moodle") for number in record.numbers(system)]
    login = "" if record.listed or numbers else record.student
    return [next(iter(record.numbers("canvas")), ""), record.listed, login]


def _filled(template: Path, title: str, most: float, finder: Finder, to: BinaryIO) -> list[str]:
    head, *rows = read(template)
    if "Section" not in head or head[:2] != ["Student", "ID"]:
        raise UsageError(
            f"{template} is no gradebook export of Canvas: its columns are not Student, ID … Section."
        )
    information = head.index("Section") + 1
    column = _column(template, head, information, title)
    possible = [row for row in rows if row[0].strip() == "Points Possible"]
    worth = _worth(possible[0][column]) if column and possible else 0.0
    total = points_cell(worth or most)
    filled = [[*head[:information], head[column] if column else title]]
    filled += [[_POSSIBLE, *row[1:information], total] for row in possible]
    people = [row for row in rows if row[0].strip() not in ("Points Possible", "Manual Posting")]
    found = finder.find([_asked(dict(zip(head, row, strict=False))) for row in people])
    scale = worth / most if worth and most else 1.0
    filled += [
        [*row[:information], _cell(row[column] if column else "", record.points * scale)]
        for row, record in zip(people, found, strict=True)
        if record and not record.open_points
    ]
    to.write(lines(filled, safe=foreign).encode())
    new = f"{template.name} has no column {title}: Canvas will make a new assignment of that name."
    return [*([] if column else [new]), *finder.left_out(template.name)]


def _column(template: Path, head: Sequence[str], information: int, title: str) -> int | None:
    """Return the place of the assignment's column, or None for a new assignment.

    Raises `UsageError` with similar names: of a mistyped name, Canvas would make another assignment.
    """
    titles = {_title(name): place for place, name in reversed(list(enumerate(head))) if place >= information}
    if title in head[information:]:
        return head.index(title, information)
    if title in titles:
        return titles[title]
    spelt = {name.casefold(): name for name in titles}
    near = [spelt[name] for name in get_close_matches(title.casefold(), spelt, n=3)]
    if near:
        raise UsageError(
            f"{template} has no column {title}; did you mean {' or '.join(near)}? Name it by --column."
        )
    return None


def _title(name: str) -> str:
    """Return the assignment of a column: `Title` of `Title (1234)`."""
    return re.sub(r" \(\d+\)$", "", name)


def _worth(cell: str) -> float:
    """Return an assignment's points in Canvas, 0 if the cell has none."""
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        return 0.0
    return value if 0 < value < math.inf else 0.0


def _cell(before: str, points: float) -> str:
    """Return the new cell; who is excused in Canvas stays so."""
    return before if before.strip().upper() == _EXCUSED else points_cell(points)


def _asked(cells: Mapping[str, str]) -> Asked:
    return Asked(cells["ID"], [cells.get(name, "") for name in _HEAD[2:4]], cells["Student"])
