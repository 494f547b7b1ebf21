"""Moodle: fill in the offline grading worksheet, or write a table for the gradebook's import."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from grader.errors import UsageError
from grader.exports.request import Request
from grader.exports.row_matching import Asked, Finder, known, undecided, without_ids
from grader.text.tables import foreign, lines, points_cell, read

_NUMBER: Final = re.compile(r"\d+$")
_GRADE: Final = "Grade"
_MOST: Final = "Maximum Grade"


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write the worksheet with grades scaled to its maximum; without a worksheet, write a row per student.

    Only the grades in the worksheet change, and only those of graded students.
    """
    class_, most = known(request.records)
    if request.template:
        return [*_filled(request.template, Finder(class_, system="moodle"), most, to), *undecided(class_)]
    people = [one for one in class_ if not one.open_points]
    rows = [[one.student, one.name, one.listed, points_cell(one.points)] for one in people]
    to.write(lines([["student", "name", "id", request.column or request.title], *rows]).encode())
    return [*without_ids((one for one in people if not one.listed), tool="Moodle"), *undecided(class_)]


def _filled(template: Path, finder: Finder, most: float, to: BinaryIO) -> list[str]:
    head, *rows = read(template)
    if _GRADE not in head:
        raise UsageError(
            f"{template} has no column {_GRADE}: download the grading worksheet with English headers."
        )
    grade = head.index(_GRADE)
    table = [dict(zip(head, row, strict=False)) for row in rows]
    found = finder.find([_asked(cells, cells[head[0]]) for cells in table])
    for row, cells, record in zip(rows, table, found, strict=True):
        if record and not record.open_points:
            row[grade] = points_cell(record.points * _scale(cells, most))
    to.write(lines([head, *rows], safe=foreign).encode())
    return finder.left_out(template.name)


def _asked(cells: Mapping[str, str], identifier: str) -> Asked:
    number = _NUMBER.search(identifier)
    ids = [cells.get("ID number", ""), cells.get("Email address", "")]
    return Asked(number[0] if number else "", ids, cells.get("Full name", ""))


def _scale(cells: dict[str, str], most: float) -> float:
    """Return the factor on points out of `most`; Moodle skips rows with more than its maximum.

    `most` is the maximum of the whole class, also for a student who has not handed in all lessons.
    """
    try:
        theirs = float(cells.get(_MOST, "").replace(",", "."))
    except ValueError:
        return 1.0
    return theirs / most if most and math.isfinite(theirs) else 1.0
