"""The catalogue page of a course: its exercises with difficulty, points, prerequisites and topics."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from grader.course.discovery import Authored
from grader.text.numbers import plural, points_text

_BAR = r"\|"
_HEAD = """\
| exercise | | difficulty | points | checks | mistakes | builds on | topics |
|---|---|---|---|---|---|---|---|
"""


def overview(authored: Sequence[Authored]) -> str:
    """Return the Markdown of the page in `docs/`; it has no hints for solving an exercise."""
    places = {one.exercise.slug: f"../exercises/{one.lesson}/{one.exercise.slug}.py" for one in authored}
    parts = [f"# Exercises\n\n{_sum(authored)} `grader build` writes this page from `reference/`.\n"]
    for lesson, group in groupby(authored, key=lambda one: one.lesson):
        exercises = list(group)
        rows = "".join(_row(one, places) for one in exercises)
        aside = " (side track)" if exercises[0].in_side_track else ""
        parts.append(f"## {lesson}{aside}\n\n{_sum(exercises)}\n\n{_HEAD}{rows}")
    return "\n".join(parts)


def _sum(authored: Sequence[Authored]) -> str:
    points = sum(one.exercise.points for one in authored)
    return f"{plural(len(authored), 'exercise')}, {plural(points, 'point')}."


def _row(authored: Authored, places: Mapping[str, str]) -> str:
    exercise = authored.exercise
    before = (f"[`{slug}`]({places[slug]})" for slug in exercise.after if slug in places)
    cells = (
        f"[`{_signature(authored)}`]({places[exercise.slug]})",
        authored.title,
        f"{exercise.difficulty}, {exercise.minutes} min",
        points_text(exercise.points),
        str(len(exercise.checks)),
        str(len(exercise.mistakes)),
        ", ".join(before),
        ", ".join(exercise.tags),
    )
    return "".join(f"| {cell.replace('|', _BAR)} " for cell in cells) + "|\n"


def _signature(authored: Authored) -> str:
    """Return name and parameters without annotations; defaults are as the author wrote them."""
    *_, function = _functions(authored)
    for node in ast.walk(function.args):
        if isinstance(node, ast.arg):
            node.annotation = None
    return f"{function.name}({ast.unparse(function.args)})"


def _functions(authored: Authored) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(authored.source).body:
        if isinstance(node, ast.FunctionDef) and node.name == authored.exercise.slug:
            yield node
