"""Small exercises and answers made by hand: what a check says of them, without a worker."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from hypothesis import settings

from grader.cases.case import Answer, Case, Raised
from grader.cases.inputs import Inputs, together
from grader.checks import Check
from grader.course.discovery import Authored
from grader.course.exercise import Exercise
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.grading.verdicts import judge, observations
from grader.results import CheckResult
from grader.submissions.source import Found, parse

Function = Callable[..., Any]
QUICK = settings(max_examples=25, deadline=None)
"""For properties of many variants: a few examples each, however busy the machine is."""


def cases(**named: object) -> Inputs:
    """Return inputs of these named cases alone."""
    return together().also(**named)


def authored(solution: Function, *declared: Check, inputs: Inputs, **more: Any) -> Authored:
    """Return an exercise as if it stood in a file."""
    exercise = Exercise(solution, inputs=inputs, checks=declared, **more)
    return Authored(exercise, Path("reference/01_small") / f"{exercise.slug}.py", "Small", "")


def task(solution: Function, *declared: Check, inputs: Inputs, **more: Any) -> Task:
    """Return the task of an exercise, without hidden cases."""
    return prepare(authored(solution, *declared, inputs=inputs, **more), seed=5, public_only=True)


def answer(function: Function, case: Case) -> Answer:
    """Return what a worker sends back for one call."""
    given, named = tuple(map(copy.deepcopy, case.args)), copy.deepcopy(dict(case.kwargs))
    try:
        value = function(*given, **named)
    except Exception as error:  # a student's function may raise anything
        names = tuple(kind.__name__ for kind in type(error).__mro__)
        return Answer("raised", raised=Raised(names, str(error)))
    kept, after, named_after = (copy.deepcopy(part) for part in (value, given, named))
    for array in given:
        if isinstance(array, np.ndarray):
            array[...] = ~array if array.dtype.kind in "biu" else array + 1
    return Answer("returned", kept, after, copy.deepcopy(value), kwargs_after=named_after)


def answers(one: Task, function: Function) -> dict[str, Answer]:
    """Return the answers of a function to every case."""
    return {case.name: answer(function, case) for case in one.cases}


def written(source: str, name: str = "f") -> Found:
    """Return a function as it is found in a submitted file."""
    return Found(parse(f"{name}.py", source.encode()), name)


def judged(
    one: Task, given: Function | Mapping[str, Answer], *, source: str = "", earlier: str = ""
) -> CheckResult:
    """Return the verdict of the task's first check on a function or on answers."""
    found = written(source) if source else None
    found_answers = given if isinstance(given, Mapping) else answers(one, given)
    found_result = judge(one, one.checks[0], observations(one, found_answers), found, earlier)
    return msgspec.structs.replace(found_result, stages={})  # see tests/grading/test_stages.py


def told(one: Task, given: Function | Mapping[str, Answer], *, source: str = "") -> tuple[str, str]:
    """Return status and message of the task's first check."""
    result = judged(one, given, source=source)
    return result.status, result.message
