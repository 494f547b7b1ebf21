"""A task knows its points, its secrets and which check reports what is wrong with a whole case."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.judging import authored, cases, task

from grader import arrays, checks
from grader.checks import Check
from grader.checks.context import Elsewhere
from grader.course.preparation import prepare

SOME = cases(some=np.array([1.0, -4.0]))
VALUES, SHAPES = "Matches the reference values", "The output has the right shape"
MATCHES, SHAPE = checks.matches_reference(), checks.matches_shape()


def double(z: Any) -> Any:
    return 2 * z


def test_its_points_are_those_of_its_checks() -> None:
    assert task(double, MATCHES.worth(3), SHAPE.worth(2.5), inputs=SOME).max_points == 5.5


def test_drawn_cases_and_those_that_hidden_checks_alone_read_are_secret() -> None:
    declared = (checks.finite().on("[!z]*"), checks.non_negative().on("[iz]*").hidden())
    one = prepare(authored(double, *declared, inputs=arrays("n").also(zero=np.zeros(1))), seed=5)
    assert one.secret == {"zero", *(case.name for case in one.cases if case.hidden)}
    assert "hidden 1" in one.secret


@pytest.mark.parametrize(
    ("declared", "forms", "faults"),
    [
        ((checks.finite(),), "", ""),
        ((MATCHES, checks.finite()), VALUES, VALUES),
        ((MATCHES, SHAPE, checks.finite()), SHAPES, VALUES),
        ((MATCHES.hidden(), SHAPE, checks.finite()), SHAPES, SHAPES),
        ((MATCHES.on("no such case"), checks.finite()), "", ""),
    ],
    ids=["itself", "the values", "the shape", "a public one", "no reader of the case"],
)
def test_one_check_reports_what_is_wrong_with_a_whole_case(
    declared: tuple[Check, ...], forms: str, faults: str
) -> None:
    one = task(double, *declared, inputs=SOME)
    told = Elsewhere({"some": forms} if forms else {}, {"some": faults} if faults else {})
    assert one.elsewhere(one.checks[-1]) == told
