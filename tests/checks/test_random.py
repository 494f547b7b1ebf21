"""Checks of random functions: every right way of drawing passes, a biased one is told with numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.in_process import statuses, task_of, verdicts

from grader import Exercise, arrays, call, checks, drawn, generator
from grader.checks.random import ALARM


def dropout(X, rate, rng):
    return X * (rng.random(X.shape) >= rate) / (1 - rate)


def shuffled(X, rng):
    return X[rng.permutation(len(X))]


def initial(shape, rng):
    return rng.normal(0, 0.5, size=shape)


def coins(n, rng):
    return rng.random(n)


def dice(n, rng):
    return rng.integers(0, 6, size=n)


def task_for(solution, *args, wanted):
    inputs = drawn(lambda rng: call(*args, generator(int(rng.integers(2**31)))))
    return task_of(Exercise(solution, inputs, wanted))


ONES = np.ones((100, 60))
DROPOUT = task_for(dropout, ONES, 0.3, wanted=(checks.seeds_differ(), checks.share_of(0.0, share="rate")))
SHUFFLE = task_for(
    shuffled, np.arange(60.0).reshape(30, 2), wanted=(checks.seeds_differ(), checks.permutes())
)
NORMAL = task_for(initial, (80, 80), wanted=(checks.normal_with(0, 0.5),))
UNIFORM = task_for(coins, 5000, wanted=(checks.mean_near(0.5, low=0, high=1),))
DICE = task_for(dice, 6000, wanted=(checks.drawn_evenly(6),))

RIGHT = [
    (DROPOUT, dropout),
    (DROPOUT, lambda X, rate, rng: X * rng.binomial(1, 1 - rate, size=X.shape) / (1 - rate)),
    (DROPOUT, lambda X, rate, rng: np.where(rng.uniform(size=X.shape) < rate, 0, X / (1 - rate))),
    (SHUFFLE, shuffled),
    (SHUFFLE, lambda X, rng: rng.permutation(X)),
    (SHUFFLE, lambda X, rng: X[np.argsort(rng.random(len(X)))]),
    (NORMAL, initial),
    (NORMAL, lambda shape, rng: 0.5 * rng.standard_normal(shape)),
    (UNIFORM, coins),
    (UNIFORM, lambda n, rng: 1 - rng.random(n)),
    (DICE, dice),
    (DICE, lambda n, rng: np.floor(6 * rng.random(n)).astype(int)),
    (DICE, lambda n, rng: rng.choice(6, size=n)),
]
WRONG = [
    (DROPOUT, lambda X, rate, rng: X * (rng.random(X.shape) < rate) / rate),
    (DROPOUT, lambda X, rate, rng: X * (np.random.default_rng(0).random(X.shape) >= rate)),
    (DROPOUT, lambda X, rate, rng: X * (rng.random(X.shape) >= 0.5)),
    (DROPOUT, lambda X, rate, rng: X * (rng.random(X.shape) >= rate + 0.05)),
    (SHUFFLE, lambda X, rng: X.copy()),
    (SHUFFLE, lambda X, rng: X[rng.integers(0, len(X), size=len(X))]),
    (SHUFFLE, lambda X, rng: rng.permuted(X, axis=1)[:, ::-1] + 0 * rng.permuted(X, axis=0)),
    (NORMAL, lambda shape, rng: rng.normal(0, 1, size=shape)),
    (NORMAL, lambda shape, rng: rng.normal(0, 0.25, size=shape)),
    (NORMAL, lambda shape, rng: rng.normal(0.1, 0.5, size=shape)),
    (NORMAL, lambda shape, rng: np.zeros(shape)),
    (UNIFORM, lambda n, rng: rng.random(n) ** 2),
    (UNIFORM, lambda n, rng: rng.normal(0.5, 0.5, size=n)),
    (UNIFORM, lambda n, rng: np.full(n, np.nan)),
    (DICE, lambda n, rng: rng.integers(1, 7, size=n)),
    (DICE, lambda n, rng: rng.integers(0, 5, size=n)),
    (DICE, lambda n, rng: np.minimum(rng.integers(0, 7, size=n), 5)),
]


@pytest.mark.parametrize(("task", "function"), RIGHT)
def test_every_right_way_to_draw_passes(task, function) -> None:
    assert set(statuses(task, function)) == {"passed"}


@pytest.mark.parametrize(("task", "function"), WRONG)
def test_a_biased_or_fixed_draw_fails(task, function) -> None:
    assert "failed" in statuses(task, function)


def test_messages_tell_the_numbers() -> None:
    fixed, share = verdicts(DROPOUT, lambda X, rate, rng: np.zeros(X.shape))
    assert fixed.message == "3 seeds gave the same result. Draw from the generator that is passed."
    assert share.message == "1 of the values are 0; expected about 0.3, for a sample of 6000 within 0.051."
    assert share.title == "A share of rate of the values is 0"
    (lower,) = verdicts(UNIFORM, lambda n, rng: rng.random(n) / 2)
    assert lower.message.startswith("The mean of 5000 values is 0.2")
    (high,) = verdicts(DICE, lambda n, rng: np.full(n, 6))
    assert high.message == "6 was drawn; expected whole numbers from 0 to 5."
    (often,) = verdicts(DICE, lambda n, rng: np.zeros(n, dtype=int))
    assert often.message == "0 was drawn 6000 times out of 6000; expected about 1000."


def message(solution, wanted, wrong, *args):
    (verdict,) = verdicts(task_for(solution, *args, wanted=(wanted,)), wrong)
    return verdict.message


def test_numbers_that_differ_look_different() -> None:
    near = checks.mean_near(1000, low=999.99, high=1000.01)
    assert message(coins, near, lambda n, rng: np.full(n, 1000.005), 5000) == (
        "The mean of 5000 values is 1000.005; expected about 1000."
    )
    assert message(coins, near, lambda n, rng: np.linspace(999.99, 1000.02, n), 5000) == (
        "The values go from 1000 to 1000.02; expected all of them from 1000 to 1000.01."
    )
    assert message(coins, checks.normal_with(1000, 0.001), lambda n, rng: np.full(n, 1000.01), 5000) == (
        "The mean of 5000 values is 1000.01; expected about 1000."
    )
    assert message(dice, checks.drawn_evenly(6), lambda n, rng: np.full(n, 2.0000001), 5) == (
        "2.0000001 was drawn; expected whole numbers from 0 to 5."
    )


def test_one_is_told_in_the_singular() -> None:
    assert message(dice, checks.drawn_evenly(6), lambda n, rng: np.arange(n) // (n - 1), 6000) == (
        "0 was drawn 5999 times out of 6000; expected about 1000."
    )
    assert message(dice, checks.drawn_evenly(6), lambda n, rng: np.arange(n) // (n - 1) ^ 1, 6000) == (
        "0 was drawn 1 time out of 6000; expected about 1000."
    )
    assert message(coins, checks.normal_with(0, 1), lambda n, rng: np.full(n, 80.0), 1) == (
        "The mean of 1 value is 80; expected about 0."
    )


LOST = "Your output does not hold the same entries as the input, each as often."


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0)])
def test_nothing_is_shuffled_rightly_by_leaving_it(shape) -> None:
    assert message(shuffled, checks.permutes(), shuffled, np.zeros(shape)) == ""


@pytest.mark.parametrize(
    ("given", "held", "passes"),
    [
        ([2**53, 2**53 + 1], [2**53 + 1, 2**53], True),
        ([2**53, 2**53 + 1], [2**53, 2**53], False),
        ([2**53, 2**53 + 1], [2.0**53, 2.0**53], False),
        ([1, 2], [2.0, 1.0], True),
        ([1, 2], np.array([2, 1], np.uint8), True),
        ([1.0, np.nan], [np.nan, 1.0], True),
        ([1.0, np.nan], [1.0, 1.0], False),
        ([1, 2], [np.nan, 1.0], False),
        ([1 + 2j, 1 + 3j], [1 + 3j, 1 + 2j], True),
        ([1 + 2j, 1 + 3j], [1 + 2j, 1 + 2j], False),
    ],
)
def test_entries_are_the_same_only_if_they_are_equal_to_the_last_bit(given, held, passes) -> None:
    told = message(shuffled, checks.permutes(), lambda X, rng: np.array(held), np.array(given))
    assert told == ("" if passes else LOST)


def test_ten_thousand_cases_a_course_raise_an_alarm_less_than_once_in_1e9() -> None:
    assert 10_000 * ALARM <= 1e-9


@pytest.mark.parametrize("count", [1, 10, 1000, 100_000])
def test_the_bound_of_a_share_is_hoeffdings(count: int) -> None:
    """The tail of Hoeffding's inequality at the bound is the chance that was promised."""
    from grader.checks.random import _hoeffding

    assert 2 * math.exp(-2 * count * _hoeffding(count) ** 2) == pytest.approx(ALARM)


def test_tiny_samples_are_never_judged_hard() -> None:
    small = task_for(coins, 3, wanted=(checks.mean_near(0.5, low=0, high=1),))
    assert statuses(small, lambda n, rng: np.zeros(n)) == ["passed"]


def test_without_a_generator_there_is_nothing_to_compare() -> None:
    task = task_of(Exercise(np.abs, arrays("n"), (checks.seeds_differ(),)))
    assert statuses(task, np.abs) == ["inconclusive"]
