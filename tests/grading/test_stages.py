"""A first try is so many stages far: each call belongs to one, and a stage holds if all its calls do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from support.judging import answers, cases, task

from grader import checks
from grader.cases.case import Answer, Case
from grader.cases.inputs import Inputs
from grader.course.task import Task
from grader.grading.stages import _stages_of_cases
from grader.grading.verdicts import judge, observations


def double(z: Any) -> Any:
    return 2.0 * z


INPUTS = cases(
    first=np.array([1.0, 2.0]),
    second=np.array([3.0]),
    nothing=np.zeros(0),
    small=np.ones(2, dtype=np.float32),
    large=np.array([1000.0]),
    no_number=np.array([np.nan]),
    integers=np.array([1, 2]),
)
ONE = task(double, checks.matches_reference(), checks.does_not_mutate(), inputs=INPUTS)


def of(one: Task, given: Any, *, at: int = 0) -> dict[str, bool]:
    found = given if isinstance(given, dict) else answers(one, given)
    return dict(judge(one, one.checks[at], observations(one, found), None).stages)


def test_each_call_belongs_to_a_stage() -> None:
    laid_out = replace(
        INPUTS, named=(*INPUTS.named, Case("a transposed view", (np.ones((2, 2)),), layout="F"))
    )
    assert _stages_of_cases(task(double, checks.matches_reference(), inputs=laid_out)) == {
        "first": "example",
        "second": "values",
        "nothing": "empty",
        "small": "float32",
        "large": "huge",
        "no number": "nan",
        "integers": "integers",
        "a transposed view": "views",
    }


def test_arrays_in_lists_and_dictionaries_count() -> None:
    inputs = Inputs(
        named=(Case("a", ([np.zeros(0)],)), Case("b", ({"W": np.array([1e9])},)), Case("c", (1.0,)))
    )
    one = task(lambda z: 1.0, checks.matches_reference(), inputs=inputs)
    assert _stages_of_cases(one) == {"a": "empty", "b": "huge", "c": "values"}


def test_a_stage_holds_if_the_check_does_in_all_of_its_calls() -> None:
    every = ["empty", "example", "float32", "huge", "integers", "nan", "values"]
    assert of(ONE, double) == dict.fromkeys(every, True)
    assert of(ONE, lambda z: z * z * z) == {**dict.fromkeys(every, False), "empty": True, "nan": True}
    assert of(ONE, lambda z: 2 * np.clip(z, 0, 9)) == {**dict.fromkeys(every, True), "huge": False}


def test_what_was_not_called_is_not_reached() -> None:
    ended = {case.name: Answer("not_run") for case in ONE.cases}
    assert set(of(ONE, ended).values()) == {False}


def test_some_checks_are_a_stage_of_their_own() -> None:
    def careless(z: Any) -> Any:
        z += 1
        return 2.0 * (z - 1)

    assert of(ONE, double, at=1) == {"untouched": True}
    assert of(ONE, careless, at=1) == {"untouched": False}
    warned = task(double, checks.no_warnings(), inputs=INPUTS)
    assert of(warned, double) == {}


def test_a_hidden_case_counts_as_usual_values() -> None:
    secret = replace(ONE, cases=tuple(replace(c, hidden=c.name == "large") for c in ONE.cases))
    assert _stages_of_cases(secret)["large"] == "values"
