"""A failure is drawn where an eye can see it: the curve over the right one, or the record step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from support.in_process import task_of
from support.judging import answer

from grader import Exercise, arrays, call, checks, together
from grader.cases.case import Answer, Case
from grader.course.task import Task
from grader.explain.plots import curve, picture
from grader.grading.verdicts import judge, observations
from grader.results import Curves


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


SIGMOID = task_of(Exercise(sigmoid, arrays(low=-12, high=12), (checks.matches_reference(),)))


def drawn(function: Callable[..., object]) -> Curves | None:
    assert SIGMOID.curve
    return curve("sigmoid", SIGMOID.curve, lambda asked: [answer(function, case) for case in asked])


def test_a_curve_is_drawn_over_the_expected_one() -> None:
    found = drawn(lambda Z: sigmoid(-Z))
    assert found is not None
    assert (found.title, found.kind) == ("sigmoid from −12 to 12", "function")
    assert (len(found.x), found.x[0], found.x[-1]) == (61, -12.0, 12.0)
    assert (found.yours[0], found.expected[0]) == pytest.approx((1.0, 0.0), abs=1e-5)
    assert found.yours == found.expected[::-1]


def test_values_that_are_not_finite_are_gaps() -> None:
    found = drawn(lambda Z: np.where(Z > 0, sigmoid(Z), np.nan))
    assert found is not None
    assert [v is None for v in found.yours] == [x <= 0 for x in found.x]


@pytest.mark.parametrize(
    "function",
    [
        lambda Z: sigmoid(Z) + 1e-9,
        lambda Z: sigmoid(Z)[1:],
        lambda Z: sigmoid(Z)[:, None],
        lambda Z: sigmoid(Z).tolist(),
        lambda Z: sigmoid(Z) * 1j,
        lambda Z: None,
        lambda Z: Z[99],
    ],
    ids=["too near", "shorter", "a column", "a list", "complex", "nothing", "an exception"],
)
def test_what_an_eye_cannot_see_or_nobody_can_draw_is_left_out(function: Callable[..., object]) -> None:
    assert drawn(function) is None


def test_a_function_that_may_not_be_called_again_has_no_picture() -> None:
    assert SIGMOID.curve
    assert curve("sigmoid", SIGMOID.curve, lambda _: []) is None


def descend(x, steps=4):
    losses = [float(x[0]) / 2**n for n in range(steps)]
    return x * 0.0, losses


DESCENT = task_of(
    Exercise(descend, together(arrays("1", low=1, high=2)), (checks.matches_reference(),), record=1)
)


def shown(one: Task, function: Callable[..., object]) -> Curves | None:
    """Return the picture of what the first check finds."""
    seen = observations(one, {case.name: answer(function, case) for case in one.cases})
    bound = one.checks[0]
    result = judge(one, bound, seen, None)
    observed = seen[next(case.name for case in one.cases if case.name == result.case)]

    def ask(asked: Sequence[Case]) -> Sequence[Answer]:
        return [answer(function, case) for case in asked]

    return picture(one, bound, result, observed, ask)


def test_losses_that_rise_are_drawn_over_the_expected_ones() -> None:
    found = shown(DESCENT, lambda x: (x * 0.0, [float(n) for n in range(4)]))
    assert found is not None
    assert (found.title, found.kind) == ("descend, step by step", "steps")
    assert (found.x, found.yours) == ([1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0])
    assert found.expected == sorted(found.expected, reverse=True)


@pytest.mark.parametrize("losses", [None, ["a", "b", "c", "d"], [], 3.0])
def test_a_record_that_is_none_is_not_drawn(losses: object) -> None:
    assert shown(DESCENT, lambda x: (x * 0.0, losses)) is None


def test_a_wrong_gradient_is_drawn_by_its_error() -> None:
    def gradient(x):
        return 2 * x

    check = checks.gradient_matches(lambda x: np.sum(x**2), wrt="x")
    one = task_of(Exercise(gradient, together(arrays("k")).also(some=call(np.array([1.0, 2.0]))), (check,)))
    found = shown(one, lambda x: 3 * x)
    assert found is not None
    assert found.kind == "errors"
    assert shown(replace(one, solve=None), lambda x: 3 * x) is None  # a student's bundle has no loss
