"""Moodle: the offline grading worksheet filled in, or a table for the gradebook's import."""

from __future__ import annotations

import re
from typing import Final

from grader.errors import UsageError
from grader.exports.cells import foreign, lines, points, read
from grader.exports.request import Export, Request
from grader.exports.who import Finder

_NUMBER: Final = re.compile(r"\d+$")
_GRADE: Final = "Grade"
_MOST: Final = "Maximum Grade"


def export(request: Request) -> Export:
    """Return the worksheet with its grades, scaled to its maximum; without one, a row a student.

    Of the worksheet only the grades change, and only in rows of students that are graded.
    """
    if request.template:
        return _filled(request)
    rows = [[r.student, r.name, r.ident, points(r.result.points)] for r in request.records]
    return Export(lines([["student", "name", "id", request.title], *rows]).encode())


def _filled(request: Request) -> Export:
    assert request.template
    head, *rows = read(request.template)
    if _GRADE not in head:
        raise UsageError(
            f"{request.template} has no column {_GRADE}: download the grading worksheet with English headers."
        )
    grade, finder = head.index(_GRADE), Finder(request.records)
    for row in rows:
        cells = dict(zip(head, row, strict=False))
        number = _NUMBER.search(cells.get(head[0], ""))
        ids = [number[0] if number else "", cells.get("ID number", ""), cells.get("Email address", "")]
        if record := finder.find(ids, [cells.get("Full name", "")]):
            row[grade] = points(record.result.points * _scale(cells, record.result.max_points))
    return Export(lines([head, *rows], safe=foreign).encode(), finder.left_out(request.template.name))


def _scale(cells: dict[str, str], most: float) -> float:
    """Return what our points are multiplied by; Moodle skips rows over its maximum."""
    try:
        theirs = float(cells.get(_MOST, "").replace(",", "."))
    except ValueError:
        return 1.0
    return theirs / most if most else 1.0
