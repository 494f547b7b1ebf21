"""Finite differences never reject a right derivative and let no error above 2e-6 of its scale pass."""

from __future__ import annotations

import numpy as np
import pytest
from slopes import PROBLEMS, Problem

from grader.numerics import differences
from grader.numerics.points import branches, moved

SEEDS = 60


def measured(problem: Problem, x: np.ndarray) -> differences.Slope:
    return differences.jacobian(problem.f, x) if problem.whole else differences.elementwise(problem.f, x)


@pytest.mark.parametrize("problem", PROBLEMS, ids=[p.name for p in PROBLEMS])
def test_no_right_derivative_is_rejected_and_every_wrong_one_is(problem: Problem) -> None:
    decided = 0
    for seed in range(SEEDS):
        x = problem.draw(np.random.default_rng(seed))
        right, slope = np.asarray(problem.derivative(x), dtype=float), measured(problem, x)
        assert not differences.disagrees(right, slope).any(), (seed, x)
        smooth = slope.trusted & (slope.spread == 0) & (differences.scale(slope) > 0)
        for sign in (1, -1):
            wrong = right + sign * 2e-6 * differences.scale(slope)
            assert differences.disagrees(wrong, slope)[smooth].all(), (seed, x)
        decided += smooth.sum()
    assert decided >= (0 if problem.name == "offset 1e12" else 0.7 * SEEDS * right.size)


def test_a_kink_is_an_interval_from_the_left_slope_to_the_right_one() -> None:
    slope = differences.elementwise(np.abs, np.array([0.0, 2.0]))
    assert slope.trusted.all()
    for subgradient in (-1.0, -0.3, 0.0, 1.0):
        assert not differences.disagrees(np.array([subgradient, 1.0]), slope).any()
    assert differences.disagrees(np.array([1.01, 1.0]), slope).tolist() == [True, False]


def test_both_sides_of_a_kink_are_told_apart_at_1e_minus_8() -> None:
    x = branches((0.0,))
    slope = differences.elementwise(lambda z: np.maximum(0, z), x)
    assert slope.trusted.all()
    with np.errstate(all="ignore"):
        on_kink = np.abs(x) < 1e-300
    assert slope.spread[on_kink].tolist() == [0.5] * 4
    assert np.allclose(slope.value[~on_kink], x[~on_kink] > 0, atol=1e-9)


def test_a_jump_and_a_flat_saturated_point_are_left_undecided() -> None:
    steps = differences.elementwise(np.floor, np.array([0.0]))
    saturated = differences.elementwise(np.tanh, np.array([40.0]))
    assert not steps.trusted.any()
    assert not saturated.trusted.any()
    assert not differences.disagrees(np.array([7.0]), steps).any()


def test_noise_of_the_function_is_measured_and_not_trusted() -> None:
    rng = np.random.default_rng(0)
    noisy = differences.elementwise(lambda x: np.sin(x) + 1e-6 * rng.normal(size=x.shape), np.ones(9))
    assert not noisy.trusted.any()


def test_a_jacobian_of_nothing_is_empty() -> None:
    assert differences.jacobian(lambda x: x, np.zeros(0)).value.shape == (0, 0)


def test_points_are_moved_off_a_kink_and_only_those() -> None:
    def measure(x: np.ndarray) -> differences.Slope:
        return differences.elementwise(lambda z: np.maximum(0, z), x)

    point = moved(measure, np.array([0.0, 2.0]))
    assert point is not None
    assert point[0] != 0.0
    assert point[1] == 2.0
    assert moved(measure, np.array([1.0, 2.0])) is None
    assert moved(lambda x: differences.elementwise(np.floor, np.floor(x)), np.array([1.0])) is None
