"""Odd answers are judged, never a fault of the grader: no check of any exercise breaks on one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.in_process import task_of, verdicts

from grader import Exercise, arrays, call, checks
from grader.cases.case import Answer
from grader.course.course import find
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.explain.diagnosis import pattern
from grader.grading.verdicts import judge, observations
from grader.worker.wire import Opaque

HERE = find(Path(__file__).parents[2])
AUTHORED = {one.exercise.slug: one for one in HERE.authored()}
ODD: dict[str, Callable[[Any], Any]] = {
    "booleans": lambda a: a.astype(bool),
    "integers": lambda a: np.nan_to_num(a.astype(float)).astype(np.int8),
    "unsigned": lambda a: np.nan_to_num(np.abs(a.astype(float))).astype(np.uint8),
    "complex": lambda a: a + 1j,
    "float16": lambda a: a.astype(np.float16),
    "long doubles": lambda a: a.astype(np.longdouble) * 2,
    "nan": lambda a: np.full(a.shape, np.nan),
    "infinity": lambda a: np.full(a.shape, -np.inf),
    "nothing": lambda a: None,
    "empty": lambda a: np.zeros((0, 3)),
    "lists": lambda a: a.tolist(),
    "text": lambda a: "text",
    "an object": lambda a: Opaque("Matrix"),
    "one more axis": lambda a: a[None],
    "a huge whole number": lambda a: 2**62,
    "a dictionary": lambda a: {"a": a},
    "negated": lambda a: np.negative(a, dtype=float),
}


def changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value with each of its arrays and numbers changed."""
    if isinstance(value, (tuple, list)):
        return type(value)(changed(v, change) for v in value)
    if isinstance(value, dict):
        return {key: changed(v, change) for key, v in value.items()}
    numbers = isinstance(value, (np.ndarray, np.generic, int, float, complex))
    if not numbers:
        return value
    array = np.asarray(value)
    return change(array.real if array.dtype.kind == "c" else array)


@pytest.fixture(scope="module", params=AUTHORED)
def task(request: pytest.FixtureRequest) -> Task:
    return prepare(AUTHORED[request.param], seed=HERE.seed)  # not at import: every worker imports this


@pytest.mark.parametrize("odd", ODD)
def test_no_check_breaks(task: Task, odd: str) -> None:
    answers = {}
    for case in task.cases:
        with np.errstate(all="ignore"):
            value = changed(task.expected[case.name].value, ODD[odd])
        answers[case.name] = Answer("returned", value, value_after=value, args_after=case.args)
    bound = [b for b in task.checks if not b.check.kind.in_source]
    seen = observations(task, answers)
    results = [judge(task, one, seen, None) for one in bound]
    assert {r.status for r in results} <= {"passed", "failed", "inconclusive", "skipped"}
    if any(r.status == "failed" for r in results):  # no cause is asked for where nothing failed
        pattern(task, answers)


def test_a_zero_that_lost_its_sign_is_a_change_and_is_told_as_one() -> None:
    def same(x):
        return np.array(x)

    def negated_in_place(x):
        x *= -1
        return -x

    inputs = arrays("n").also(zeros=np.array([1.0, 0.0]))
    task = task_of(Exercise(same, inputs, (checks.does_not_mutate().on("zeros"),)))

    def loses_a_sign(x):
        x[1] = -x[1]
        return np.array(x)

    (result,) = verdicts(task, loses_a_sign)
    assert result.message == "Your function changed its input: x[1] was 0 and is now −0."
    (result,) = verdicts(task, negated_in_place)
    assert result.message == "Your function changed its input: x[0] was 1 and is now −1."


def test_booleans_are_numbers_to_every_check() -> None:
    def ones(x):
        return np.ones((2, 2))

    inputs = arrays("n").also(two=call(np.array([1.0])))
    task = task_of(Exercise(ones, inputs, (checks.symmetric_matrix(), checks.sums_to(2.0), checks.finite())))
    assert [r.status for r in verdicts(task, lambda x: np.ones((2, 2), dtype=bool))] == ["passed"] * 3
