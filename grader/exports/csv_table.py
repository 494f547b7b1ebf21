"""CSV with one row per student and one column per exercise."""

from __future__ import annotations

from itertools import chain
from typing import BinaryIO

from grader.exports.request import Request
from grader.results import status
from grader.text.tables import lines, points_cell


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write the columns student, name, id, one for each exercise, total, open, max_points and status."""
    places: dict[str, int] = {}
    rows = []
    for record in request.records:
        result = record.result
        mine = {places.setdefault(e.slug, len(places)): points_cell(e.points) for e in result.exercises}
        total = (
            points_cell(result.points),
            points_cell(result.open_points),
            points_cell(result.max_points),
            status(result),
        )
        rows.append(((record.student, record.name, record.ident), mine, total))
    head = ["student", "name", "id", *places, "total", "open", "max_points", "status"]
    table = ([*who, *(mine.get(i, "") for i in range(len(places))), *total] for who, mine, total in rows)
    to.write(lines(chain([head], table)).encode())
    return []
