"""Measured slopes never reject a right derivative and see an error of 1e-5 wherever they are trusted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.judging import QUICK

from grader.numerics.differences import Slope, disagrees, elementwise, jacobian

pytestmark = pytest.mark.unmeasured

Function = Callable[[Any], Any]


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


SMOOTH: dict[str, tuple[Function, Function]] = {
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "tanh": (np.tanh, lambda x: 1 / np.cosh(x) ** 2),
    "softplus": (lambda x: np.logaddexp(0, x), sigmoid),
    "sin": (np.sin, np.cos),
    "exp": (np.exp, np.exp),
    "cube": (lambda x: x**3, lambda x: 3 * x**2),
    "gauss": (lambda x: np.exp(-x * x), lambda x: -2 * x * np.exp(-x * x)),
    "offset": (lambda x: 1e6 + np.sin(x), np.cos),
    "root": (np.sqrt, lambda x: 0.5 / np.sqrt(x)),
    "log": (np.log, lambda x: 1 / x),
    "constant": (lambda x: 0 * x + 7.0, lambda x: 0 * x),
    "linear": (lambda x: 3 * x - 1, lambda x: 0 * x + 3.0),
}
KINKED: dict[str, tuple[Function, Function]] = {
    "relu": (lambda x: np.maximum(x, 0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "leaky": (lambda x: np.where(x > 0, x, 0.01 * x), lambda x: np.where(x > 0, 1.0, 0.01)),
    "abs": (np.abs, np.sign),
    "hinge": (lambda x: np.maximum(0, 1 - x), lambda x: np.where(x < 1, -1.0, 0.0)),
    "step": (lambda x: np.where(x > 0, 1.0, 0.0), lambda x: 0 * x),
}
points = hnp.arrays("float64", 4, elements=st.floats(-20, 20))
small = (
    st.integers(-18, 0).map(lambda n: 10.0**n) | st.integers(-18, 0).map(lambda n: -(10.0**n)) | st.just(0.0)
)


@pytest.mark.parametrize("name", SMOOTH)
@QUICK
@given(x=points)
def test_the_derivative_of_a_smooth_function_is_never_rejected(name: str, x: np.ndarray) -> None:
    f, slope = SMOOTH[name]
    x = np.abs(x) + 1e-3 if name in ("root", "log") else x
    assert not disagrees(slope(x), elementwise(f, x)).any()


@pytest.mark.parametrize("name", KINKED)
@QUICK
@given(x=hnp.arrays("float64", 4, elements=small | st.floats(-3, 3) | small.map(lambda d: 1 + d)))
def test_either_slope_at_a_kink_and_the_slope_beside_it_are_never_rejected(name: str, x: np.ndarray) -> None:
    f, slope = KINKED[name]
    measured = elementwise(f, x)
    for right in (slope(x), slope(np.nextafter(x, 9)), slope(np.nextafter(x, -9))):
        assert not disagrees(right, measured).any()


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "sin", "exp", "cube", "gauss", "linear"])
@QUICK
@given(x=points, sign=st.sampled_from([-1, 1]))
def test_a_relative_error_of_1e_5_is_rejected_wherever_the_slope_is_trusted(
    name: str, x: np.ndarray, sign: int
) -> None:
    f, slope = SMOOTH[name]
    measured = elementwise(f, x)
    size = np.maximum(np.abs(slope(x)), 1e-3 * np.abs(slope(x)).max())
    assert disagrees(slope(x) + sign * 1e-5 * size, measured).tolist() == measured.trusted.tolist()


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "sin", "exp", "cube", "linear"])
def test_ordinary_points_are_trusted(name: str) -> None:
    f, _ = SMOOTH[name]
    assert elementwise(f, np.array([[-2.0, -0.5, 0.25], [0.5, 1.0, 2.0]])).trusted.all()


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (lambda x: np.where(x > 0, 1.0, 0.0), 0.0),
        (np.sqrt, -1.0),
        (lambda x: 1e12 + x, 0.0),
        (np.cbrt, 0.0),
    ],
    ids=["jump", "undefined", "large offset", "vertical"],
)
def test_where_no_difference_can_tell_nothing_is_rejected(f: Function, x: float) -> None:
    measured = elementwise(f, np.array([x]))
    assert measured.trusted.tolist() == [False]
    assert disagrees(np.array([123.0]), measured).tolist() == [False]


def softmax(z: Any) -> Any:
    e = np.exp(z - z.max())
    return e / e.sum()


@QUICK
@given(hnp.arrays("float64", 3, elements=st.floats(-5, 5)))
def test_the_jacobian_of_softmax_is_never_rejected_and_a_wrong_entry_is(z: np.ndarray) -> None:
    s = softmax(z)
    exact = np.diag(s) - np.outer(s, s)
    measured = jacobian(softmax, z)
    assert not disagrees(exact, measured).any()
    error = np.zeros((3, 3))
    error[1, 2] = 1e-4
    assert disagrees(exact + error, measured).tolist() == ((error > 0) & measured.trusted).tolist()


@pytest.mark.parametrize(
    ("f", "x", "exact"),
    [
        (lambda x: (x**2).sum(), np.array([1.0, -2.0]), [2.0, -4.0]),
        (lambda x: (x**2).sum(), np.array([[1.0], [3.0]]), [[2.0], [6.0]]),
        (lambda x: x.sum(axis=0), np.ones((2, 1)), [[[1.0], [1.0]]]),
        (lambda x: np.array([x, 3 * x]), np.array(2.0), [1.0, 3.0]),
        (lambda x: x**3, np.array(2.0), 12.0),
        (lambda x: [x[0] * x[1]], np.array([2.0, 5.0]), [[5.0, 2.0]]),
    ],
    ids=["gradient", "of a matrix", "vector of a matrix", "of a number", "number of a number", "list"],
)
def test_a_jacobian_has_the_shape_of_output_and_input(f: Function, x: np.ndarray, exact: Any) -> None:
    measured = jacobian(f, x)
    assert measured.value.shape == np.shape(exact)
    assert (disagrees(np.array(exact), measured).any(), measured.trusted.all()) == (False, True)


def test_no_input_gives_an_empty_jacobian() -> None:
    measured = jacobian(lambda x: np.ones(2) * x.sum(), np.zeros((0, 3)))
    assert [a.shape for a in (measured.value, measured.error, measured.trusted)] == [(2, 0, 3)] * 3
    assert disagrees(np.zeros((2, 0, 3)), measured).tolist() == [[], []]


def test_what_is_not_finite_is_rejected_on_a_trusted_coordinate_alone() -> None:
    slope = Slope(np.array([1.0, np.nan]), np.array([0.0, np.inf]), np.array([True, False]))
    assert disagrees(np.array([np.nan, np.inf]), slope).tolist() == [True, False]
    nothing = Slope(np.array([np.nan]), np.array([np.inf]), np.array([False]))
    assert disagrees(np.array([1.0]), nothing).tolist() == [False]
