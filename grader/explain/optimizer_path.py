"""Plot an optimizer's point after each step: the student's points beside the right ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader.cases.case import Answer, Ask, Case
from grader.cases.nested import leaves
from grader.checks.compare import unlike
from grader.checks.context import Expected
from grader.course.task import Task
from grader.errors import AuthorError
from grader.numerics.series import Array, finite, line, look_alike, series
from grader.results import Curves
from grader.text.numbers import number

STEPS = 10
LEAST = 3
"""Least number of points of a plot."""
_FAR = 20
"""Largest extent of the student's path in units of the right one, which would else shrink to a dot."""


def trail(task: Task, case: Case, ask: Ask) -> Curves | None:
    """Return the path in the plane, or one coordinate over the steps if a point has not two coordinates.

    A path that is too long for the plane is shown as one coordinate, too. Return None if the exercise
    declares no steps, or if both paths would look the same.

    Args:
        case: the case whose number of steps varies; an exercise that declares a walk has its own start.
    """
    pairs = _walked(task, ask) if task.walk else _counted(task, case, ask)
    if len(pairs) < LEAST:
        return None
    yours, expected = (np.array(side) for side in zip(*pairs, strict=True))
    worst = _worst(yours, expected)
    if look_alike(yours[:, worst], expected[:, worst]):
        return None
    if expected.shape[1] == 2 and _fits(yours, expected):
        return _path(task.slug, yours, expected)
    title = f"{task.slug}, {_coordinate(worst, expected.shape[1])}step by step"
    return steps(title, yours[:, worst], expected[:, worst], first=0)


def steps(title: str, got: Array | None, expected: Array | None, *, first: int = 1) -> Curves | None:
    """Return two records over the step number, or None if both would look the same."""
    if got is None or expected is None or min(got.size, expected.size) < LEAST:
        return None
    count = min(got.size, expected.size)
    got, expected = got[:count], expected[:count]
    if look_alike(got, expected):
        return None
    x = [float(first + n) for n in range(count)]
    return Curves(title=title, kind="steps", x=x, yours=series(got), expected=series(expected))


def _counted(task: Task, case: Case, ask: Ask) -> list[tuple[Array, Array]]:
    """Return both points after 0, 1, 2 … steps from the start of the case."""
    if not task.step_count or task.solve is None:
        return []
    # One case for each number of steps, because the function returns only its last point.
    cases = [_with_steps(task, case, n) for n in range(STEPS + 1)]
    try:
        right = [task.solve(one) for one in cases]
    except AuthorError:
        return []  # the solution raises for some number of steps
    return _pairs(ask(cases), right)


def _with_steps(task: Task, case: Case, count: int) -> Case:
    position = task.parameters.names.index(task.step_count)
    if position >= len(case.args):
        return replace(case, kwargs={**case.kwargs, task.step_count: count})
    return replace(case, args=(*case.args[:position], count, *case.args[position + 1 :]))


def _walked(task: Task, ask: Ask) -> list[tuple[Array, Array]]:
    """Return both points at the start and after each chained call; the start is the first argument."""
    assert task.walk is not None
    if task.solve is None:
        return []
    start = _point(task.walk(1, None).args[0])
    assert start is not None  # the author's first argument is a finite vector
    answers: list[Answer] = []
    right: list[Expected] = []
    for step in range(1, STEPS + 1):
        # Each side continues from its own last point, so the student's errors add up as in training.
        right.append(task.solve(task.walk(step, right[-1].value if right else None)))
        answers += ask([task.walk(step, answers[-1].value if answers else None)])
        if len(answers) < step or not _is_alike(answers[-1], right[-1]):
            break
    return [(start, start), *_pairs(answers, right)]


def _pairs(answers: Sequence[Answer], right: Sequence[Expected]) -> list[tuple[Array, Array]]:
    """Return pairs of points up to the first answer without a point."""
    found = []
    for answer, expected in zip(answers, right, strict=False):
        one, other = _point(answer.value), _point(expected.value)
        if not _is_alike(answer, expected) or one is None or other is None:
            break
        found.append((one, other))
    return found


def _is_alike(answer: Answer, expected: Expected) -> bool:
    return answer.outcome == "returned" and unlike(answer.value, expected.value) is None


def _point(value: object) -> Array | None:
    """Return the first part of an answer, which is the optimizer's point, or None if it is not finite."""
    first = np.asarray(next((leaf for _, leaf in leaves(value)), None))
    point = line(first.ravel())
    return point if point is not None and point.size and np.isfinite(point).all() else None


def _worst(yours: Array, expected: Array) -> int:
    with np.errstate(over="ignore"):
        return int(np.argmax(np.abs(yours - expected).max(axis=0)))


def _coordinate(index: int, size: int) -> str:
    return f"value {index}, " if size > 1 else ""


def _fits(yours: Array, expected: Array) -> bool:
    with np.errstate(over="ignore"):
        return bool((np.ptp(yours, axis=0) <= _FAR * np.ptp(expected, axis=0).max()).all())


def _path(slug: str, yours: Array, expected: Array) -> Curves:
    x, y = (finite(series(axis)) for axis in yours.T)
    x_expected, y_expected = (finite(series(axis)) for axis in expected.T)
    title = f"{slug}, {len(yours)} points from ({number(x[0])}, {number(y[0])})"
    return Curves(title=title, kind="path", x=x, yours=[*y], expected=[*y_expected], x_expected=x_expected)
