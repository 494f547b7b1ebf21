"""A slope comes with an error that it keeps, and a kink is seen and measured from either side."""

from __future__ import annotations

import numpy as np
import pytest

from grader.numerics.ridders import NOTHING, Centre, Estimate, central, one_sided


@pytest.mark.parametrize(
    ("f", "x", "exact"),
    [
        (np.exp, 1.0, np.e),
        (np.sin, 0.5, np.cos(0.5)),
        (np.tanh, -2.0, 1 - np.tanh(2) ** 2),
        (np.square, 3.0, 6.0),
    ],
    ids=["exp", "sin", "tanh", "square"],
)
def test_the_slope_of_a_smooth_function_is_within_its_error(f: np.ufunc, x: float, exact: float) -> None:
    def line(step: float) -> np.ndarray:
        return np.asarray(f(x + step))

    centre = Centre.of(line)
    for found in (central(line, centre, 0.1), one_sided(line, centre, 0.1), one_sided(line, centre, -0.1)):
        assert abs(found.value - exact) <= found.error <= 1e-6


def test_a_kink_has_no_central_slope_and_one_on_each_side() -> None:
    centre = Centre.of(np.abs)
    left, right = (one_sided(np.abs, centre, h) for h in (-0.1, 0.1))
    assert central(np.abs, centre, 0.1).error == np.inf
    assert (left.value, right.value) == pytest.approx((-1, 1))


def test_the_noise_of_a_function_is_that_of_its_rounding() -> None:
    def offset(step: float) -> np.ndarray:
        return np.array([1e6 + np.sin(step), np.sin(step)])

    noise = Centre.of(offset).noise
    rounding = np.spacing([1e6, 1.0])
    assert (noise <= 8 * rounding).all()
    assert noise[0] >= rounding[0] / 8


def test_an_element_that_never_changes_takes_the_noise_of_the_others() -> None:
    def f(step: float) -> np.ndarray:
        return np.array([7.0, 1e6 + np.sin(step)])

    noise = Centre.of(f).noise
    assert noise[0] == noise[1] > 0
    assert Centre.of(lambda step: np.asarray(7.0)).noise == np.inf


def test_of_two_estimates_the_surer_counts_element_by_element() -> None:
    one = Estimate(np.array([1.0, 2.0]), np.array([0.1, 0.2]))
    other = Estimate(np.array([3.0, 4.0]), np.array([0.2, 0.1]))
    found = one.or_better(other)
    assert (found.value.tolist(), found.error.tolist()) == ([1.0, 4.0], [0.1, 0.1])
    assert NOTHING.or_better(one).value.tolist() == [1.0, 2.0]
