"""No right implementation loses a point, no wrong one keeps them all, and most causes are named."""

from __future__ import annotations

import numpy as np
import pytest
from support.in_process import statuses, task_of

from fairness.run import ROOT, fooled, judged, unfair
from grader import Exercise, arrays, call, checks, together
from grader.course.course import find


@pytest.fixture(scope="module")
def found():
    # Known mistakes are graded by test_exercises.py, and proved to be caught by `grader verify`. Each of
    # beginners' 596 is graded by `make fairness` and in the soak test below.
    return judged(find(ROOT), known=False, one_in=6)


def test_the_grader_breaks_on_none_of_them(found) -> None:
    assert [(one.slug, one.name) for one, e in found if e.status == "undecided"] == []


def test_no_right_implementation_loses_a_point_or_is_diagnosed(found) -> None:
    assert sum(one.right for one, _ in found) >= 400
    assert unfair(found) == []


def test_no_wrong_implementation_keeps_all_points(found) -> None:
    assert sum(not one.right for one, _ in found) >= 200
    assert fooled(found) == []


@pytest.mark.soak
def test_seven_of_ten_beginners_slips_have_a_likely_cause_and_none_keeps_all_points() -> None:
    beginners = [pair for pair in judged(find(ROOT), known=False) if pair[0].cause]
    assert len(beginners) >= 590
    assert fooled(beginners) == []
    assert sum(e.diagnosis is not None for _, e in beginners) >= 0.7 * len(beginners)


def solved(solution, inputs, *wanted):
    return task_of(Exercise(solution, inputs, wanted))


def double(Z):
    return 2.0 * Z


def slope(Z):
    return np.where(Z > 0, 1.0, 0.0)


def linear_gradient(X, w):
    return X.T @ (X @ w) / len(X)


def demand(x):
    if np.ndim(x) != 1:
        raise ValueError("one axis")
    return x * 1.0


NAMED = {
    "returns_new_array": (
        solved(lambda Z: np.array(Z), arrays("n"), checks.matches_reference()),
        [lambda Z: Z.copy(), lambda Z: Z + 0],
        [lambda Z: None, lambda Z: Z[:-1]],
    ),
    "derivative_matches": (
        solved(slope, arrays(), checks.derivative_matches(lambda Z: np.maximum(0, Z), kinks=(0.0,))),
        [
            lambda Z: (np.asarray(Z) >= 0) * 1.0,
            lambda Z: np.heaviside(Z, 0.5),
            lambda Z: np.float32(np.asarray(Z) > 0),
        ],
        [np.sign, lambda Z: np.maximum(0, Z), lambda Z: np.where(np.asarray(Z) > 1e-3, 1.0, 0.0)],
    ),
    "gradient_matches": (
        solved(
            linear_gradient,
            together(arrays("n k"), arrays("k")),
            checks.gradient_matches(lambda X, w: 0.5 * np.mean((X @ w) ** 2), wrt="w"),
        ),
        [
            lambda X, w: np.mean(X * (X @ w)[:, None], axis=0),
            lambda X, w: np.einsum("nk,nj,j->k", X, X, w) / X.shape[0],
        ],
        [
            lambda X, w: X.T @ (X @ w),
            lambda X, w: 2 * linear_gradient(X, w),
            lambda X, w: -linear_gradient(X, w),
            lambda X, w: linear_gradient(X, w) + 1e-5,
            lambda X, w: np.array([np.mean(X @ w)] * X.shape[1]),
        ],
    ),
    "raises": (
        solved(
            demand, arrays("n").only(matrix=call(np.ones((2, 2)))), checks.raises("ValueError").on("matrix")
        ),
        [demand],
        [lambda x: x * 1.0, lambda x: {}["no"]],
    ),
    "finite, non_negative": (
        solved(np.exp, arrays("n"), checks.finite(), checks.non_negative()),
        [np.exp, lambda x: np.e**x],
        [np.log, lambda x: -np.exp(x), lambda x: np.exp(x) * np.inf],
    ),
    "float32 stays fair": (
        solved(double, arrays("n").also(single=np.float32([1.1, 2.2])), checks.matches_reference()),
        [lambda Z: Z + Z, lambda Z: np.asarray(Z, float) * 2, lambda Z: np.float32(2) * Z],
        [lambda Z: Z * 2.00001, lambda Z: (Z * 2).astype(np.float16)],
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_checks_beside_lesson_02_are_as_fair(name: str) -> None:
    task, right, wrong = NAMED[name]
    for function in right:
        assert set(statuses(task, function)) == {"passed"}
    for function in wrong:
        assert "failed" in statuses(task, function)
