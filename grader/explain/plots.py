"""Which picture shows a failure: of the whole function, of its steps, or of a gradient's error."""

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
"""Checks that a record of steps explains."""
_NUMBERS = (int, float, np.integer, np.floating)


def picture(task: Task, bound: Bound, result: CheckResult, observed: Observation, ask: Ask) -> Curves | None:
    """Return what shows a failed check best, None where no picture would help.

    Args:
        observed: the case that the result names, with its answer.
        ask: calls the student's function; it may answer fewer cases than it is given, the first ones.
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
    """Return the student's curve over the expected one; None where an eye would see no difference."""
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
    """Return a list of numbers among several returned values."""
    if not isinstance(value, (tuple, list)) or len(value) <= position:
        return None
    item = value[position]
    numbers = isinstance(item, (list, tuple)) and all(isinstance(v, _NUMBERS) for v in item)
    return line(np.array(item, dtype=float) if numbers else item)
