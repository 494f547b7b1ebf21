"""Derivatives are judged against finite differences of a trusted function, and only where those are sure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.judging import cases, judged, task, told

from grader import checks
from grader.course.task import Task

PASSED = ("passed", "")
Z = np.array([0.5, -1.0, 2.0])


def slope(z: Any) -> Any:
    return 1 - np.tanh(z) ** 2


def relu(z: Any) -> Any:
    return np.maximum(z, 0)


def relu_slope(z: Any) -> Any:
    return np.where(z > 0, 1.0, 0.0)


def squares(z: Any) -> Any:
    return (lambda x: x**2), z


def norm(z: Any) -> Any:
    return (lambda x: (x**2).sum()), z


def elementwise(**named: Any) -> Task:
    return task(slope, checks.derivative_matches(np.tanh), inputs=cases(**named or {"some": Z}))


def matrix() -> Task:
    return task(lambda z: np.diag(2 * z), checks.jacobian_matches(squares), inputs=cases(some=Z))


@pytest.mark.parametrize(
    ("one", "right"),
    [
        (elementwise(), slope),
        (elementwise(), lambda z: 1 / np.cosh(z) ** 2),
        (elementwise(number=np.array(0.3)), slope),
        (matrix(), lambda z: np.diag(z) * 2),
        (task(lambda z: 2 * z, checks.jacobian_matches(norm), inputs=cases(some=Z)), lambda z: z + z),
    ],
)
def test_a_right_derivative_passes(one: Task, right: Any) -> None:
    assert told(one, right) == PASSED


DIFFER = "{} differ from the slope that finite differences measure: you returned {}; expected {}."


@pytest.mark.parametrize(
    ("one", "given", "message"),
    [
        (
            elementwise(),
            lambda z: 1 - np.tanh(z),
            DIFFER.format("3 of 3 values", "0.5379 at index 0", "0.7864"),
        ),
        (
            elementwise(),
            lambda z: slope(z) * np.nan,
            DIFFER.format("3 of 3 values", "nan at index 0", "0.7864"),
        ),
        (
            elementwise(number=np.array(0.0)),
            lambda z: 0.0,
            DIFFER.replace("differ ", "differs ").format("1 of 1 value", "0", "1"),
        ),
        (
            matrix(),
            lambda z: np.diag(2 * z) + 1e-4 * np.eye(3)[:, ::-1] * [0, 1, 0],
            DIFFER.replace("differ ", "differs ").format("1 of 9 values", "−1.9999 at index 1, 1", "−2"),
        ),
        (
            matrix(),
            lambda z: np.diag(2 * z) + np.eye(3, k=1),
            DIFFER.format("2 of 9 values", "1 at index 0, 1", "0"),
        ),
    ],
)
def test_a_wrong_derivative_is_shown_beside_the_measured_slope(one: Task, given: Any, message: str) -> None:
    assert told(one, given) == ("failed", message)


def test_the_difference_tells_how_far_apart_they_may_be() -> None:
    shown = judged(elementwise(one=np.array([0.0])), lambda z: slope(z) + 1).difference
    assert shown is not None
    assert (shown.count, shown.total, shown.largest) == (1, 1, "1")
    assert shown.tolerance == "1e-06"


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
def test_any_slope_at_a_kink_passes(at_zero: float) -> None:
    kink = cases(kink=np.array([-1.0, 0.0, 1e-8, 1.0]))
    one = task(relu_slope, checks.derivative_matches(relu), inputs=kink)
    assert told(one, lambda z: np.where(z == 0, at_zero, relu_slope(z))) == PASSED
    message = DIFFER.replace("differ ", "differs ").format("1 of 4 values", "1 at index 0", "0")
    assert told(one, lambda z: np.ones(4)) == ("failed", message)
