"""Choose the plot that shows a failure: the function's curve, its steps, or a gradient's error."""

from __future__ import annotations

import numpy as np

from grader.cases.case import Ask
from grader.checks.context import Observation
from grader.course.task import Bound, Curve, Task
from grader.explain.gradient_error import step_errors
from grader.explain.optimizer_path import steps, trail
from grader.numerics.series import Array, line, look_alike, series
from grader.results import CheckResult, Curves
from grader.text.numbers import number

_OF_RECORDS = ("falls", "ends_below", "items_match", "matches_reference")
"""Names of the checks whose failure a record of steps shows."""
_NUMBERS = (int, float, np.integer, np.floating)


def picture(task: Task, bound: Bound, result: CheckResult, observed: Observation, ask: Ask) -> Curves | None:
    """Return the plot that shows a failed check best, or None if no plot would help.

    Args:
        observed: the case that the result names, with its answer.
        ask: calls the student's function. It may answer only the first of the cases that it is given.
    """
    if task.record is not None and bound.check.kind.name in _OF_RECORDS:
        sides = (_item(value, task.record) for value in (observed.answer.value, observed.expected.value))
        return steps(f"{task.slug}, step by step", *sides)
    if result.difference is None:
        return None
    if bound.check.kind.slopes and task.solve:  # the trusted functions are not in a student's bundle
        return step_errors(task, bound, observed)
    return curve(task.slug, task.curve, ask) if task.curve else trail(task, observed.case, ask)


def curve(slug: str, curve: Curve, ask: Ask) -> Curves | None:
    """Return the student's curve and the expected one, or None if both would look the same."""
    for answer in ask([curve.case]):
        x, expected, got = (line(v) for v in (curve.case.args[0], curve.expected.value, answer.value))
        if answer.outcome != "returned" or x is None or expected is None or got is None or got.size != x.size:
            return None
        if look_alike(got, expected):
            return None
        title = f"{slug} from {number(x[0])} to {number(x[-1])}"
        return Curves(title=title, x=[float(v) for v in x], yours=series(got), expected=series(expected))
    return None


def _item(value: object, position: int) -> Array | None:
    """Return one of several returned values as a vector, or None if it is not a list of numbers."""
    if not isinstance(value, (tuple, list)) or len(value) <= position:
        return None
    item = value[position]
    numbers = isinstance(item, (list, tuple)) and all(isinstance(v, _NUMBERS) for v in item)
    return line(np.array(item, dtype=float) if numbers else item)
