"""An optimizer's failure is shown by where it stands after each step, beside where it should stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from support.judging import answer, cases, task

from grader import call, checks
from grader.cases.case import Answer, Case
from grader.course.task import Task
from grader.explain.optimizer_path import STEPS, steps, trail
from grader.results import Curves

SLOPE = np.array([1.0, 10.0])


def minimize(x0, lr, iterations):
    x = np.array(x0, dtype=float)
    for _ in range(iterations):
        x = x - lr * SLOPE[: x.size] * x
    return x


def step(W, grad, lr):
    return W - lr * grad


def loop(some: object) -> Task:
    return task(minimize, checks.matches_reference(), inputs=cases(some=some), step_count="iterations")


def one_step() -> Task:
    def walk(number: int, last: object):
        W = np.array([-3.0, 2.0]) if last is None else last
        return call(W, SLOPE * W, 0.05)

    inputs = cases(some=call(np.ones(2), np.ones(2), 0.5))
    return task(step, checks.matches_reference(), inputs=inputs, walk=walk)


def drawn(one: Task, function: Callable[..., object]) -> Curves | None:
    def ask(asked: Sequence[Case]) -> Sequence[Answer]:
        return [answer(function, case) for case in asked]

    return trail(one, one.cases[0], ask)


def test_two_coordinates_are_a_path_in_the_plane() -> None:
    made = drawn(loop(some=call(np.array([-3.0, 2.0]), 0.05, 2)), lambda x, lr, n: minimize(x, lr / 2, n))
    assert made is not None
    assert (made.kind, made.title) == ("path", "minimize, 11 points from (−3, 2)")
    assert (made.x[:2], made.yours[:2]) == ([-3.0, -2.925], [2.0, 1.5])
    assert (made.x_expected[:2], made.expected[:2]) == ([-3.0, -2.85], [2.0, 1.0])
    assert len(made.x) == len(made.expected) == STEPS + 1


def test_one_number_is_drawn_step_by_step() -> None:
    made = drawn(loop(some=call(np.array([4.0]), 0.5, 2)), lambda x, lr, n: np.array(x))
    assert made is not None
    assert (made.kind, made.title) == ("steps", "minimize, step by step")
    assert (made.x[:3], made.yours[:3], made.expected[:3]) == ([0, 1, 2], [4, 4, 4], [4, 2, 1])


def test_a_path_that_runs_away_is_drawn_by_its_worst_value() -> None:
    made = drawn(loop(some=call(np.array([-3.0, 2.0]), 0.05, 2)), lambda x, lr, n: minimize(x, -0.5, n))
    assert made is not None
    assert (made.kind, made.title) == ("steps", "minimize, value 1, step by step")


def test_chained_steps_begin_at_the_start() -> None:
    made = drawn(one_step(), lambda W, grad, lr: W - lr * grad / 2)
    assert made is not None
    assert made.kind == "path"
    assert (made.x[0], made.yours[0], made.x_expected[0], made.expected[0]) == (-3.0, 2.0, -3.0, 2.0)
    assert (made.yours[1], made.expected[1]) == (1.5, 1.0)


def test_steps_that_look_alike_or_give_no_points_are_not_drawn() -> None:
    some = call(np.array([-3.0, 2.0]), 0.05, 2)
    assert drawn(loop(some=some), lambda x, lr, n: minimize(x, lr, n) + 1e-9) is None
    assert drawn(loop(some=some), lambda x, lr, n: None) is None
    assert drawn(loop(some=some), lambda x, lr, n: []) is None
    assert drawn(loop(some=some), lambda x, lr, n: np.full(2, np.nan)) is None
    assert drawn(one_step(), lambda W, grad, lr: None) is None


def test_records_that_cannot_be_drawn_are_left_out() -> None:
    falling = np.array([3.0, 2.0, 1.0])
    assert steps("f, step by step", falling, falling + 1e-9) is None
    assert steps("f, step by step", falling[:2], falling) is None
    assert steps("f, step by step", None, falling) is None
    drawn = steps("f", np.array([1.0, np.nan, 5.0, 7.0]), falling)
    assert drawn is not None
    assert (drawn.x, drawn.yours) == ([1.0, 2.0, 3.0], [1.0, None, 5.0])
