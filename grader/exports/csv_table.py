"""CSV with one row per student and one column per exercise."""

from __future__ import annotations

from itertools import chain
from typing import BinaryIO

from grader.exports.request import Request
from grader.results import status
from grader.text.tables import lines, points_cell


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write the columns student, name, id, one for each exercise, total, open, max_points and status.

    If there are several lessons, each has a column with its points. The maximum is that of the class, also
    for who has not handed in all lessons.
    """
    places: dict[str, int] = {}
    worth: dict[str, float] = {}
    lessons: dict[str, None] = {}
    rows = []
    for record in request.records:
        result = record.result
        mine = {places.setdefault(e.slug, len(places)): points_cell(e.points) for e in result.exercises}
        worth |= {e.slug: max(e.max_points, worth.get(e.slug, 0.0)) for e in result.exercises}
        by_lesson: dict[str, float] = {}
        for exercise in result.exercises:
            by_lesson[exercise.lesson] = by_lesson.get(exercise.lesson, 0.0) + exercise.points
        lessons |= dict.fromkeys(by_lesson)
        total = points_cell(result.points), points_cell(result.open_points)
        rows.append(((record.student, record.name, record.ident), mine, by_lesson, total, status(result)))
    several = sorted(lessons) if len(lessons) > 1 else []
    head = ["student", "name", "id", *places, *several, "total", "open", "max_points", "status"]
    most = points_cell(sum(worth.values()))
    table = (
        [
            *who,
            *(mine.get(i, "") for i in range(len(places))),
            *(points_cell(by_lesson[name]) if name in by_lesson else "" for name in several),
            *total,
            most,
            state,
        ]
        for who, mine, by_lesson, total, state in rows
    )
    to.write(lines(chain([head], table)).encode())
    return []
