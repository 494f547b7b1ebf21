"""Samples of right samplers pass, however they draw; those of another law or another generator fail."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from support.judging import cases, task, told

from grader import call, checks, generator
from grader.cases.case import Answer
from grader.checks.sampling import ALARM, DISTRIBUTIONS
from grader.course.task import Task

PASSED = ("passed", "")
DRAWS = 2000


def sampler(law: str, *parameters: float, size: int = DRAWS) -> Task:
    inputs = cases(one=call(*parameters, size, generator(1)))
    return task(lambda *args: np.zeros(args[-2]), checks.sample_follows(law), inputs=inputs)


def verdict(one: Task, values: Any) -> tuple[str, str]:
    return told(one, {"one": Answer("returned", np.asarray(values))})


@pytest.mark.parametrize("seed", range(20))
def test_right_samples_pass(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert verdict(sampler("Bernoulli", 0.3), rng.binomial(1, 0.3, DRAWS)) == PASSED
    assert verdict(sampler("normal", -2.0, 3.0), rng.normal(-2, 3, DRAWS)) == PASSED
    assert verdict(sampler("Poisson", 4.5), rng.poisson(4.5, DRAWS)) == PASSED
    assert verdict(sampler("Poisson", 50), rng.poisson(50, DRAWS).astype(float)) == PASSED


def test_the_ends_of_a_coin_leave_nothing_to_chance() -> None:
    assert verdict(sampler("Bernoulli", 1.0, size=3), [1, 1, 1]) == PASSED
    assert verdict(sampler("Bernoulli", 0.0, size=3), [False, False, False]) == PASSED
    assert verdict(sampler("normal", 0.0, 1.0, size=0), []) == PASSED


@pytest.mark.parametrize(
    ("law", "parameters", "wrong"),
    [
        ("Bernoulli", (0.3,), lambda rng: rng.binomial(1, 0.4, DRAWS)),
        ("Bernoulli", (0.3,), lambda rng: rng.random(DRAWS)),
        ("normal", (0.0, 2.0), lambda rng: rng.normal(0.5, 2, DRAWS)),
        ("normal", (0.0, 2.0), lambda rng: rng.normal(0, 4, DRAWS)),
        ("normal", (0.0, 1.0), lambda rng: np.sign(rng.normal(size=DRAWS))),
        ("Poisson", (4.5,), lambda rng: rng.poisson(4.5, DRAWS) + 1),
        ("Poisson", (4.5,), lambda rng: rng.poisson(6, DRAWS)),
        ("Poisson", (4.5,), lambda rng: rng.normal(4.5, 4.5**0.5, DRAWS)),
        ("Poisson", (4.5,), lambda rng: np.full(DRAWS, 1e300)),
    ],
)
def test_samples_of_another_law_fail(law: str, parameters: tuple[float, ...], wrong: Any) -> None:
    assert verdict(sampler(law, *parameters), wrong(np.random.default_rng(0)))[0] == "failed"


def test_a_departure_is_told_by_the_share_that_is_furthest_off() -> None:
    values = [0] * 500 + [1] * 1500
    assert verdict(sampler("Bernoulli", 0.25), values) == (
        "failed",
        "Of 2000 values 25 % are at most 0; expected about 75 %.",
    )


def test_values_in_front_of_the_support_are_told_too() -> None:
    assert verdict(sampler("normal", 0.0, 1.0), np.full(DRAWS, 0.0)) == (
        "failed",
        "Of 2000 values 100 % are at most 0; expected about 50 %.",
    )
    assert verdict(sampler("Poisson", 0.1), np.full(DRAWS, 1)) == (
        "failed",
        "Of 2000 values 0 % are less than 1; expected about 90.5 %.",
    )


def test_nan_is_told() -> None:
    assert verdict(sampler("normal", 0.0, 1.0), np.full(DRAWS, np.nan)) == (
        "failed",
        "A value is nan or inf; expected finite numbers.",
    )


def test_distribution_functions_add_up_their_densities() -> None:
    k = np.arange(12.0)
    densities = [math.exp(-3.5) * 3.5**n / math.factorial(n) for n in range(12)]
    np.testing.assert_allclose(DISTRIBUTIONS["Poisson"](k, 3.5), np.cumsum(densities), rtol=1e-13)
    np.testing.assert_allclose(
        DISTRIBUTIONS["normal"](np.array([-1.96, 0.0, 1.96]), 0.0, 1.0),
        [0.0249978951482204, 0.5, 0.9750021048517795],
        rtol=1e-13,
    )
    assert DISTRIBUTIONS["Bernoulli"](np.array([-0.5, 0.0, 0.5, 1.0]), 0.25).tolist() == [0, 0.75, 0.75, 1]


def test_ten_thousand_cases_raise_a_false_alarm_less_than_once_in_a_billion_courses() -> None:
    assert 10_000 * ALARM <= 1e-9
