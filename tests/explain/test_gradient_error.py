"""A wrong gradient is shown by an error that stays, beside one that falls with the step."""

from __future__ import annotations

import numpy as np
import pytest
from support.judging import answers, cases, task

from grader import call, checks
from grader.course.task import Task
from grader.explain.gradient_error import STEPS, step_errors
from grader.grading.verdicts import observations
from grader.report.plot.curves import picture
from grader.results import Curves


def loss(X, W):
    return np.sum(np.sin(X @ W))


def gradient(X, W):
    return X.T @ np.cos(X @ W)


X, W = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[0.3], [0.2]])
GRADIENT = task(gradient, checks.gradient_matches(loss, "W"), inputs=cases(some=call(X, W)))
SLOPE = task(np.cos, checks.derivative_matches(np.sin), inputs=cases(some=np.array([0.5, 1.0])))
JACOBIAN = task(
    lambda z: np.diag(2 * z),
    checks.jacobian_matches(lambda z: (np.square, z)),
    inputs=cases(some=np.array([1.0, 3.0])),
)


def drawn(one: Task, function) -> Curves | None:
    return step_errors(one, one.checks[0], observations(one, answers(one, function))["some"])


def test_the_error_of_a_wrong_gradient_stays_and_that_of_a_right_one_falls_and_grows() -> None:
    made = drawn(GRADIENT, lambda X, W: 2 * gradient(X, W))
    assert made is not None
    assert made.title == "gradient: error of the gradient for W at index 0, 0 against the step"
    exact = abs(gradient(X, W)[0, 0])
    assert made.x == list(STEPS)
    assert made.yours == pytest.approx([exact] * 12, rel=0.05)
    errors = np.array(made.expected, dtype=float)
    assert errors.min() < 1e-9 < min(errors[0], errors[-1])
    assert made.expected == pytest.approx([max(e, 1e-17) for e in errors])


def test_its_words_say_that_the_error_does_not_shrink() -> None:
    made = drawn(SLOPE, lambda z: np.cos(z) + 0.25)
    assert made is not None
    shown = picture(made)
    assert shown is not None
    assert shown.observations[0] == (
        "Your value stays 0.25 away from the measured slope: the error does not shrink with the step."
    )
    assert shown.caption == ("Across: the step of the finite difference. Up: how far the value is from it.")


def test_a_small_error_falls_until_it_shows() -> None:
    made = drawn(SLOPE, lambda z: np.cos(z) + 1e-4)
    assert made is not None
    shown = picture(made)
    assert shown is not None
    assert shown.observations[0].startswith("Your value comes no closer than ")
    assert shown.observations[0].endswith(" to the measured slope, at any step.")


def test_an_entry_of_a_jacobian_is_measured_along_its_own_input() -> None:
    made = drawn(JACOBIAN, lambda z: np.diag(2 * z) + np.array([[0, 0], [1.0, 0]]))
    assert made is not None
    assert made.title.endswith("error at index 1, 0 against the step")
    assert made.yours == pytest.approx([1.0] * 12)


def test_a_right_gradient_and_one_without_numbers_are_not_drawn() -> None:
    assert drawn(SLOPE, np.cos) is None
    assert drawn(SLOPE, lambda z: np.full(2, np.nan)) is None
