"""Plot a gradient's error against the step of finite differences.

For a right gradient, the error falls with the step until rounding takes over. For a wrong one, it stays
level.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.cases import givens
from grader.cases.nested import part
from grader.checks.context import Observation
from grader.checks.gradients import disagreement
from grader.checks.slopes import Problem
from grader.course.task import Bound, Task
from grader.numerics.differences import Measured
from grader.numerics.series import NOTHING, Array, series
from grader.results import Curves

STEPS = tuple(10.0**-n for n in range(12, 0, -1))
"""Steps of the finite differences, from 1e-12 to 0.1."""


def step_errors(task: Task, bound: Bound, observed: Observation) -> Curves | None:
    """Return both gradients' errors where the student's is most wrong, or None if no slope is trusted."""
    call = givens.resolved(observed.case, givens.load(task.givens))
    facts = bound.facts.get(observed.case.name, ())
    for problem, measured in zip(bound.check.slopes(call), facts, strict=False):
        place = _worst(observed, measured)
        if place is not None:
            return _drawn(task.slug, observed, problem, place)
    return None


def _worst(observed: Observation, measured: Measured) -> int | None:
    """Return the flat index of the largest error among the trusted coordinates that are not on a kink."""
    got, exact = _sides(observed, measured.path)
    slope, off = disagreement(observed, measured)
    sure = off & slope.trusted & (np.asarray(slope.spread) == 0) & np.isfinite(got)
    if not sure.any():
        return None
    with np.errstate(all="ignore"):
        return int(np.argmax(np.where(sure, np.abs(got - exact), -1.0)))


def _sides(observed: Observation, path: tuple[str | int, ...]) -> tuple[Array, Array]:
    return np.asarray(part(observed.answer.value, path)), np.asarray(part(observed.expected.value, path))


def _drawn(slug: str, observed: Observation, problem: Problem, place: int) -> Curves | None:
    got, exact = _sides(observed, problem.path)
    yours, expected = float(got.ravel()[place]), float(exact.ravel()[place])
    quotients = _quotients(problem.along(place))
    if not np.isfinite(quotients).all():
        return None
    index = ", ".join(str(int(i)) for i in np.unravel_index(place, got.shape))
    whose = f" of the gradient for {problem.name}" if problem.name else ""
    return Curves(
        title=f"{slug}: error{whose}{f' at index {index}' if index else ''} against the step",
        kind="errors",
        x=list(STEPS),
        yours=series(_errors(quotients, yours)),
        expected=series(_errors(quotients, expected)),
    )


def _quotients(along: Callable[[float], float]) -> Array:
    with np.errstate(all="ignore"):
        return np.array([(along(h) - along(-h)) / (2 * h) for h in STEPS])


def _errors(quotients: Array, value: float) -> Array:
    return np.maximum(np.abs(quotients - value), NOTHING)
