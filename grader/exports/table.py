"""CSV: one row a student, one column an exercise."""

from __future__ import annotations

from grader.exports.cells import lines, points
from grader.exports.request import Export, Request
from grader.store import status


def export(request: Request) -> Export:
    """Return the columns student, name, id, one for each exercise, total, max_points and status."""
    slugs = list(dict.fromkeys(e.slug for r in request.records for e in r.result.exercises))
    rows = [["student", "name", "id", *slugs, "total", "max_points", "status"]]
    for record in request.records:
        result = record.result
        mine = {e.slug: points(e.points) for e in result.exercises}
        total = (points(result.points), points(result.max_points), status(result))
        rows.append([record.student, record.name, record.ident, *(mine.get(s, "") for s in slugs), *total])
    return Export(lines(rows).encode())
