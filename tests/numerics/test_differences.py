"""Finite differences never reject a right derivative and let no error above 2e-6 of its scale pass."""

from __future__ import annotations

import numpy as np
import pytest
from support.slopes import PROBLEMS, Problem, cross_entropy, cross_entropy_gradient, plain_softplus, sigmoid

from grader.numerics import differences
from grader.numerics.points import branches

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


@pytest.mark.parametrize(
    "x",
    [
        # The slopes of some coordinates are lost between two values of log(1 + 1e-10): f does not change.
        [18.74735909, -13.5493031, -19.43760466, -15.18273205, -4.12709002],
        [12.0238255, -8.96755768, -1.46945189, -14.33211623, -14.63168046],
        # Equal steps change f by equal multiples of its last digit: rounding seems to be nothing.
        [11.7104736, -17.61250534, -8.01299565, -16.3151435, -8.17235989],
        [19.65692799, -10.79837892, -13.56768619, 5.41228629, -19.60111367],
    ],
)
def test_a_slope_that_rounding_inside_the_function_hides_is_not_rejected(x: list[float]) -> None:
    scores = np.array(x)
    slope = differences.jacobian(cross_entropy, scores)
    assert not differences.disagrees(cross_entropy_gradient(scores), slope).any()


def test_a_function_that_nowhere_changes_is_left_undecided() -> None:
    x = np.array([-40.0, -45.0, -60.0])
    slope = differences.elementwise(plain_softplus, x)
    assert not slope.trusted.any()
    assert not differences.disagrees(sigmoid(x), slope).any()
    assert not differences.jacobian(lambda z: np.sum(np.maximum(0, z)), x).trusted.any()


def test_a_flat_coordinate_is_decided_by_the_noise_of_the_others() -> None:
    slope = differences.elementwise(lambda z: np.maximum(0, z), np.array([-3.0, 2.0]))
    assert slope.trusted.all()
    assert differences.disagrees(np.array([1e-8, 1.0]), slope).tolist() == [True, False]


def test_a_flat_slope_is_settled_without_smaller_steps() -> None:
    calls = []

    def loss(z: np.ndarray) -> float:
        calls.append(z)
        return 3.0 + z[1] ** 2

    slope = differences.jacobian(loss, np.array([0.5, 2.0]))
    assert slope.trusted.all()
    # The point and six neighbours on either side; from both sides and from either; the other coordinate.
    assert len(calls) == (1 + 12) + (16 + 16 + 16) + 16


def test_a_jacobian_of_nothing_is_empty() -> None:
    assert differences.jacobian(lambda x: x, np.zeros(0)).value.shape == (0, 0)
