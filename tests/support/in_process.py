"""Judge a Python function by an exercise's checks without a worker: fast, for tests of the checks alone."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from grader.cases.case import Answer, Case, Raised
from grader.course.discovery import Authored
from grader.course.exercise import Exercise
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.grading.verdicts import judge, observations
from grader.results import CheckResult
from grader.worker.wire import Rng

Function = Callable[..., Any]


def task_of(exercise: Exercise, *, seed: int = 3) -> Task:
    """Return the task of an exercise that stands in no file."""
    return prepare(Authored(exercise, Path("01_small") / f"{exercise.slug}.py", "A title", ""), seed=seed)


def answers_of(task: Task, function: Function) -> dict[str, Answer]:
    """Return what `function` answers to every case."""
    return {case.name: _answer(function, case) for case in task.cases}


def _answer(function: Function, case: Case) -> Answer:
    given = [_argument(a) for a in case.args]
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            value = function(*given, **dict(case.kwargs))
    except Exception as error:  # a student's function may raise anything
        names = tuple(k.__name__ for k in type(error).__mro__[:-1])
        return Answer("raised", raised=Raised(names, str(error)), args_after=tuple(given))
    return Answer("returned", value=value, value_after=value, args_after=tuple(given))


def _argument(value: object) -> object:
    if isinstance(value, np.ndarray):
        return np.array(value)
    return np.random.default_rng(value.seed) if isinstance(value, Rng) else value


def verdicts(task: Task, function: Function) -> list[CheckResult]:
    """Return one verdict a check, in order."""
    seen = observations(task, answers_of(task, function))
    return [judge(task, bound, seen, None) for bound in task.checks]


def statuses(task: Task, function: Function) -> Sequence[str]:
    """Return the checks' statuses alone."""
    return [one.status for one in verdicts(task, function)]
