"""Moodle: the offline grading worksheet filled in, or a table for the gradebook's import."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO, Final

from grader.errors import UsageError
from grader.exports.cells import foreign, lines, points, read
from grader.exports.request import Request
from grader.exports.who import Finder, known

_NUMBER: Final = re.compile(r"\d+$")
_GRADE: Final = "Grade"
_MOST: Final = "Maximum Grade"


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write the worksheet with its grades, scaled to its maximum; without one, a row a student.

    Of the worksheet only the grades change, and only in rows of students that are graded.
    """
    class_ = known(request.records)
    if request.template:
        return _filled(request.template, Finder(class_), to)
    rows = [[one.student, one.name, one.ident, points(one.points)] for one in class_]
    to.write(lines([["student", "name", "id", request.title], *rows]).encode())
    return []


def _filled(template: Path, finder: Finder, to: BinaryIO) -> list[str]:
    head, *rows = read(template)
    if _GRADE not in head:
        raise UsageError(
            f"{template} has no column {_GRADE}: download the grading worksheet with English headers."
        )
    grade = head.index(_GRADE)
    for row in rows:
        cells = dict(zip(head, row, strict=False))
        number = _NUMBER.search(cells.get(head[0], ""))
        ids = [number[0] if number else "", cells.get("ID number", ""), cells.get("Email address", "")]
        if record := finder.find(ids, [cells.get("Full name", "")]):
            row[grade] = points(record.points * _scale(cells, record.max_points))
    to.write(lines([head, *rows], safe=foreign).encode())
    return finder.left_out(template.name)


def _scale(cells: dict[str, str], most: float) -> float:
    """Return what our points are multiplied by; Moodle skips rows over its maximum."""
    try:
        theirs = float(cells.get(_MOST, "").replace(",", "."))
    except ValueError:
        return 1.0
    return theirs / most if most else 1.0
