"""Checks on answers of several parts, each with a passing, a failing and a message test."""

from __future__ import annotations

import numpy as np
from support.tolerances import tolerances

from grader import checks
from grader.cases.case import Answer, Case
from grader.checks import Check
from grader.checks.context import Expected, Finding, Observation

CASE = Case("one", (np.array([[1.0, 2.0]]), np.array([3.0])))
EXPECTED = Expected((np.array([[1.0, 2.0]]), np.array([3.0]), [2.0, 1.0]))


def judged(check: Check, value: object, *, expected: Expected = EXPECTED) -> list[Finding]:
    observed = Observation(CASE, Answer("returned", value), expected)
    return check.judge(check.context([observed], {CASE.name: check.facts(CASE)}))


def messages(check: Check, value: object, *, expected: Expected = EXPECTED) -> list[str]:
    return [finding.message for finding in judged(check, value, expected=expected)]


def test_items_that_match_pass_whatever_the_others_are() -> None:
    value = (np.array([[1.0, 2.0]]), np.array([3.0]), [7.0, 7.0])
    assert judged(checks.items_match(0, 1), value) == []


def test_an_item_that_differs_is_named_by_its_place() -> None:
    (finding,) = judged(checks.items_match(0, 1), (np.array([[1.0, 2.0]]), np.array([4.0]), [2.0, 1.0]))
    assert (finding.where, finding.got, finding.expected) == (" in item 1", np.array([4.0]), np.array([3.0]))


def test_each_item_has_its_own_tolerance() -> None:
    expected = Expected(EXPECTED.value, tolerances(EXPECTED.value, [np.zeros((1, 2)), np.ones(1), 0.0, 0.0]))
    value = (np.array([[1.0, 2.0]]), np.array([4.0]), [2.0, 1.0])
    assert judged(checks.items_match(1), value, expected=expected) == []


def test_an_item_of_another_type_is_told() -> None:
    value = (np.array([[1.0, 2.0]]), np.array([3.0]), None)
    assert messages(checks.items_match(0), value) == ["You returned None in item 2; expected a list."]


def test_a_record_that_falls_passes() -> None:
    assert judged(checks.falls(2), (np.array([[1.0, 2.0]]), np.array([3.0]), [3.0, 2.5])) == []


def test_a_record_that_rises_or_is_nan_fails_with_both_ends() -> None:
    value = (np.array([[1.0, 2.0]]), np.array([3.0]), [2.0, 2.5])
    assert messages(checks.falls(2), value) == [
        "The first number is 2, the last one 2.5; expected a smaller one at the end."
    ]
    assert messages(checks.falls(2), (*value[:2], [2.0, float("nan")])) == [
        "The first number is 2, the last one nan; expected a smaller one at the end."
    ]


def test_a_record_that_barely_rises_or_stays_is_told_with_the_digits_that_show_it() -> None:
    value = EXPECTED.value[:2]
    assert messages(checks.falls(2), (*value, [0.5, 0.5000001])) == [
        "The first number is 0.5, the last one 0.5000001; expected a smaller one at the end."
    ]
    assert messages(checks.falls(2), (*value, [2.0, 2.0])) == [
        "The first number is 2, the last one 2; expected a smaller one at the end."
    ]
    assert messages(checks.ends_below(2, 0.05), (*value, [1.0, 0.0500001])) == [
        "The last number is 0.0500001; expected one below 0.05."
    ]


def test_a_record_that_ends_below_the_bound_passes() -> None:
    assert judged(checks.ends_below(2, 1.5), EXPECTED.value) == []


def test_a_record_that_ends_at_the_bound_or_at_nan_or_is_empty_fails_with_its_end() -> None:
    value = EXPECTED.value
    expected = Expected((*value[:2], []))
    assert messages(checks.ends_below(2, 1.0), value) == ["The last number is 1; expected one below 1."]
    assert messages(checks.ends_below(2, 1.0), (*value[:2], [0.5, float("nan")])) == [
        "The last number is nan; expected one below 1."
    ]
    assert messages(checks.ends_below(2, 1.0), (*value[:2], []), expected=expected) == [
        "The last number is nan; expected one below 1."
    ]
