"""Answers are ranked by how near they are; a candidate may make none worse."""

from __future__ import annotations

import numpy as np

from grader.cases.case import Answer
from grader.repair.judging import Judge, public

from .conftest import task_of


def test_hidden_cases_and_checks_are_left_out() -> None:
    task = task_of("softmax")
    shown = public(task)
    assert task.secret
    assert not task.secret & {case.name for case in shown.cases}
    assert not task.secret & {name for bound in shown.checks for name in bound.cases}


def test_an_answer_ranks_by_type_shape_and_right_elements() -> None:
    judge = Judge(public(task_of("softmax")))
    case = judge.cases["steps"]
    right = np.asarray(judge.task.expected["steps"].value)
    half = right.copy()
    half[0] = 0
    answers = [Answer("raised"), *(Answer("returned", value=v) for v in ("a", right[0], half, right))]
    assert [judge.rank(case, answer) for answer in answers] == [0, 1, 1, 2.5, 3]


def test_a_wrong_answer_may_stay_or_come_nearer_but_not_change_otherwise() -> None:
    judge = Judge(public(task_of("softmax")))
    right = {name: Answer("returned", value=judge.task.expected[name].value) for name in judge.cases}
    wrong = right | {"steps": Answer("returned", value=np.zeros((2, 3)))}
    other = right | {"steps": Answer("returned", value=np.ones((2, 3)))}
    assert judge.is_nowhere_worse(wrong, wrong)
    assert judge.is_nowhere_worse(wrong, right)
    assert not judge.is_nowhere_worse(wrong, other)
    assert not judge.is_nowhere_worse(right, wrong)
