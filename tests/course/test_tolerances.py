"""The terms of the tolerance are the exercise's own: natural scale, condition, and slack its text allows."""

from __future__ import annotations

import numpy as np
from support.in_process import statuses, task_of

from grader import Exercise, arrays, call, checks

U = 2.0**-53
X = np.array([0.25, 0.5])


def identity(x):
    return np.asarray(x) * 1.0


def allowed(**terms: object) -> object:
    inputs = arrays("n").also(known=X)
    task = task_of(Exercise(identity, inputs, (checks.matches_reference(),), **terms))  # type: ignore[arg-type]  # by name
    return task.expected["known"].allowed.at()


def test_scale_condition_and_slack_are_numbers_or_functions_of_the_arguments() -> None:
    assert np.array_equal(allowed(), [16 * U, 16 * U])
    assert np.array_equal(allowed(scale=3.0), [48 * U, 48 * U])
    assert np.array_equal(allowed(scale=lambda x: 4 * x), [16 * U, 32 * U])
    assert np.array_equal(allowed(condition=lambda x: 100 * x), [16 * U + 100 * U, 16 * U + 200 * U])
    assert np.array_equal(allowed(slack=1e-7), [16 * U + 1e-7] * 2)
    assert np.array_equal(allowed(slack=lambda x: 1e-7 / x), 16 * U + 1e-7 / X)


def test_hidden_cases_have_twice_the_rounding_for_the_solution_rounds_too() -> None:
    task = task_of(Exercise(np.cos, arrays("n"), (checks.matches_reference(),)))
    limits = {c.hidden: np.unique(task.expected[c.name].allowed.at()) for c in task.cases}
    assert limits[False] == [16 * U]
    assert limits[True] == [32 * U]


def test_several_answers_have_a_term_each() -> None:
    def both(x):
        return x.sum(), x * 1000.0

    inputs = arrays("n").also(known=X)
    task = task_of(Exercise(both, inputs, (checks.matches_reference(),), scale=lambda x: (1.0, 1000.0)))
    total, product = (task.expected["known"].allowed.at((item,)) for item in (0, 1))
    assert (total, product.tolist()) == (16 * U, [16000 * U] * 2)


def test_a_float32_case_is_judged_in_its_own_precision() -> None:
    inputs = arrays("n").also(single=np.float32([0.1, 0.7]))
    task = task_of(Exercise(np.exp, inputs, (checks.matches_reference(),)))
    assert statuses(task, lambda x: np.exp(np.asarray(x, float))) == ["passed"]
    assert statuses(task, lambda x: np.exp(x) * (1 + 1e-5)) == ["failed"]
    assert statuses(task, lambda x: np.exp(x.astype(np.float32))) == ["failed"]


def test_an_epsilon_that_the_text_allows_costs_nothing() -> None:
    def loss(p):
        return -np.log(p)

    inputs = arrays("n", low=0.05, high=1).also(sure=call(np.array([1.0])))
    strict = task_of(Exercise(loss, inputs, (checks.matches_reference(),)))
    lenient = task_of(Exercise(loss, inputs, (checks.matches_reference(),), slack=lambda p: 1e-7 / p))
    assert statuses(strict, lambda p: -np.log(p + 1e-8)) == ["failed"]
    assert statuses(lenient, lambda p: -np.log(p + 1e-8)) == ["passed"]
