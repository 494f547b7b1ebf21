"""The catalogue page of a course: its exercises with difficulty, points, prerequisites and topics."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
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
    """Return names and parameters without annotations; defaults are as the author wrote them."""
    body = ast.parse(authored.source).body
    found = {node.name: _called(node) for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return ", ".join(found[name] for name in authored.exercise.subjects)


def _called(node: ast.FunctionDef | ast.ClassDef) -> str:
    """Return the call of a function, or of a class by the parameters of its constructor."""
    if isinstance(node, ast.FunctionDef):
        return f"{node.name}({_parameters(node)})"
    made = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
    return f"{node.name}({_parameters(made[0]).partition(', ')[2] if made else ''})"


def _parameters(function: ast.FunctionDef) -> str:
    for node in ast.walk(function.args):
        if isinstance(node, ast.arg):
            node.annotation = None
    return ast.unparse(function.args)
