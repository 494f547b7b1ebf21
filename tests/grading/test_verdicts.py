"""A verdict is the smallest finding with its evidence; what cannot be judged costs nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.judging import answer, answers, cases, judged, task, told

from grader import call, checks
from grader.cases.case import Answer, Case, Raised
from grader.checks import Check
from grader.checks.context import Expected, Observation
from grader.course.task import Task
from grader.grading.verdicts import judge, observations, verdict
from grader.results import Cell, CheckResult, Difference

MATCHES = checks.matches_reference()
TITLE = "Matches the reference values"
EXITED = "Your code ended Python itself. Remove calls of exit and quit."


def double(z: Any) -> Any:
    return 2.0 * z


def result(status: Any, points: float, **more: Any) -> CheckResult:
    name, title = more.pop("name", "matches_reference"), more.pop("title", TITLE)
    return CheckResult(name=name, title=title, status=status, points=points, max_points=3, **more)


ONE = task(double, MATCHES.worth(3), inputs=cases(some=np.array([1.0, 2.0])))


def test_a_right_answer_is_passed_with_every_point() -> None:
    assert judged(ONE, double) == result("passed", 3)


def test_a_wrong_value_is_failed_with_its_evidence() -> None:
    assert judged(ONE, lambda z: z * [2.0, 3.0]) == result(
        "failed",
        0,
        message="1 of 2 values differs; the largest difference is 2, at index 1.",
        case="some",
        call="double(np.array([1.0, 2.0]))",
        got="array of shape (2,), float64: [2, 6]",
        expected="array of shape (2,), float64: [2, 4]",
        difference=Difference(
            shape=[2],
            count=1,
            total=2,
            worst=[1],
            largest="2",
            tolerance="7e-15",
            rows=[0, 1],
            columns=[],
            cells=[
                [Cell(yours="2", expected="2", differs=False)],
                [Cell(yours="6", expected="4", differs=True)],
            ],
            inputs=["1", "2"],
            gaps=["", "2"],
        ),
    )


def test_a_wrong_type_is_failed_with_both_values_and_no_picture() -> None:
    assert judged(ONE, lambda z: None) == result(
        "failed",
        0,
        message="Your function returned None. A return statement may be missing.",
        case="some",
        call="double(np.array([1.0, 2.0]))",
        got="None",
        expected="array of shape (2,), float64: [2, 4]",
    )


def test_a_call_that_did_not_return_is_failed_without_values() -> None:
    call_text = "double(np.array([1.0, 2.0]))"
    expected = result("failed", 0, message=EXITED, case="some", call=call_text)
    assert judged(ONE, {"some": Answer("exited")}) == expected


def test_a_call_that_was_not_made_is_skipped_and_an_exception_that_is_named_like_it_is_not() -> None:
    skipped = judged(ONE, {"some": Answer("not_run")})
    assert skipped == result(
        "skipped", 0, message="This call was not made, because one before it did not end."
    )
    forged = Answer("raised", raised=Raised((skipped.message,), ""))
    call_text = "double(np.array([1.0, 2.0]))"
    assert judged(ONE, {"some": forged}) == result(
        "failed", 0, message=skipped.message, case="some", call=call_text
    )


def test_a_finding_about_the_source_has_no_case() -> None:
    one = task(double, checks.forbids_loops().worth(3), inputs=cases(some=np.array([1.0])))
    message = "There is a loop on line 2; NumPy can work on the whole array at once."
    expected = result("failed", 0, name="forbids_loops", title="Works without a Python loop", message=message)
    assert judged(one, double, source="def f(z):\n    while z: pass\n") == expected


def test_no_case_to_judge_is_inconclusive_and_earns_its_points() -> None:
    one = task(double, MATCHES.worth(3).on("no such case"), inputs=cases(some=np.array([1.0])))
    assert judged(one, double) == result("inconclusive", 3)


def test_a_check_that_finds_nothing_to_judge_waits_for_the_one_that_failed() -> None:
    waits = result("skipped", 0, message="This check starts once “Right shape” passes.")
    assert judged(ONE, {"some": Answer("exited")}, earlier="Right shape") == waits
    assert judged(ONE, double, earlier="Right shape") == result("passed", 3)


def test_a_wrong_shape_is_told_once_by_the_check_of_shapes() -> None:
    one = task(double, checks.finite(), checks.matches_shape(), inputs=cases(some=np.array([[1.0]])))
    given = observations(one, answers(one, np.ravel))
    told_by = [judge(one, bound, given, None) for bound in one.checks]
    assert [(r.status, r.message) for r in told_by] == [
        ("skipped", "This check starts once “The output has the right shape” passes."),
        ("failed", "Your output has shape (1,); expected (1, 1)."),
    ]


def test_a_wrong_shape_in_a_case_that_no_check_of_shapes_reads_is_told_where_it_is_met() -> None:
    inputs = cases(some=np.array([[1.0]]), other=np.array([[2.0]]))
    one = task(double, checks.finite(), checks.matches_shape().on("other"), inputs=inputs)
    given = {"some": answers(one, np.ravel)["some"], "other": answers(one, double)["other"]}
    told_by = [judge(one, bound, observations(one, given), None) for bound in one.checks]
    assert [(r.status, r.message) for r in told_by] == [
        ("failed", "Your output has shape (1,); expected (1, 1)."),
        ("passed", ""),
    ]


def test_a_wrong_shape_earns_nothing_from_a_check_that_had_nothing_to_judge() -> None:
    one = task(double, checks.matches_shape(), checks.finite(), inputs=cases(some=np.array([[1.0]])))
    seen = observations(one, answers(one, np.ravel))
    assert sum(judge(one, bound, seen, None).points for bound in one.checks) == 0


@pytest.mark.parametrize(
    ("check", "status", "points"),
    [
        (MATCHES.worth(2), "passed", (2, 0)),
        (MATCHES.worth(2), "inconclusive", (2, 0)),
        (MATCHES.worth(2), "undecided", (0, 2)),
        (MATCHES.worth(2), "failed", (0, 0)),
        (MATCHES.worth(2), "skipped", (0, 0)),
    ],
)
def test_what_is_undecided_is_neither_earned_nor_lost(
    check: Check, status: str, points: tuple[float, float]
) -> None:
    one = task(double, check, inputs=cases(some=np.array([1.0])))
    made = verdict(one.checks[0], status)
    assert (made.points, made.open_points) == points


def test_a_verdict_says_whether_it_is_hidden_or_advice_and_keeps_4000_characters() -> None:
    one = task(double, MATCHES.advice(), inputs=cases(some=np.array([1.0])))
    hidden = replace(one.checks[0], check=MATCHES.hidden().advice())
    assert verdict(hidden, "failed", message="x" * 5000, call="f()") == CheckResult(
        name="matches_reference",
        title=TITLE,
        status="failed",
        points=0,
        max_points=0,
        hidden=True,
        advice=True,
        message="x" * 4000,
        call="f()",
    )


def test_the_public_small_case_with_values_is_told_first() -> None:
    inputs = cases(large=np.ones((2, 2)), small=np.ones(2), number=call(np.ones(1)), text=call(np.ones(1)))
    one = task(double, MATCHES, inputs=inputs)
    hidden = tuple(replace(case, hidden=case.name == "number") for case in one.cases)
    secret = replace(one, cases=hidden)
    given = {**answers(one, np.negative), "text": Answer("exited")}
    order = []
    for _ in range(4):
        shown = judge(secret, one.checks[0], observations(secret, given), None)
        order.append((shown.case, shown.case_hidden))
        given[shown.case] = answer(double, next(case for case in one.cases if case.name == shown.case))
    assert order == [("small", False), ("large", False), ("text", False), ("number", True)]


def test_every_case_of_a_hidden_check_is_hidden() -> None:
    one = replace(ONE, checks=(replace(ONE.checks[0], check=MATCHES.hidden()),))
    shown = judged(one, np.negative)
    assert (shown.case, shown.case_hidden, one.cases[0].hidden) == ("some", True, False)


NUMBERS = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize(
    ("inputs", "given", "message"),
    [
        (np.array(2.0), lambda z: z, "You returned 2; expected 4."),
        (np.array(2.0), lambda z: z * 2 - 1e-8, "You returned 3.99999999; expected 4."),
        (NUMBERS, lambda z: z, "11 of 12 values differ; the largest difference is 11, at row 2, column 3."),
        (
            NUMBERS[None],
            lambda z: z,
            "11 of 12 values differ; the largest difference is 11, at index 0, 2, 3.",
        ),
        (np.array([1.0]), lambda z: z, "1 of 1 value differs; the largest difference is 1, at index 0."),
        (NUMBERS, lambda z: z * np.nan, "12 of 12 values are nan; expected 0 at row 0, column 0."),
        (NUMBERS[0, :2], lambda z: np.add(z, [0, np.inf]), "1 of 2 values is inf; expected 2 at index 1."),
        (
            NUMBERS[0, :2],
            lambda z: [np.nan, -np.inf] * (z + 1),
            "2 of 2 values are nan and inf; expected 0 at index 0.",
        ),
        (
            np.array([np.inf, 1.0]),
            lambda z: np.array([0.0, 2.0]),
            "1 of 2 values differs: you returned 0 at index 0; expected inf.",
        ),
        (
            np.array([np.nan, 1.0, 2.0]),
            lambda z: np.array([np.nan, np.inf, 4.0]),
            "1 of 3 values is inf; expected 2 at index 1.",
        ),
        (
            np.array([np.inf, 1.0, 2.0]),
            lambda z: np.array([np.inf, np.nan, np.nan]),
            "2 of 3 values are nan; expected 2 at index 1.",
        ),
        (np.array([1, 2]), lambda z: z > 0, "2 of 2 values differ; the largest difference is 3, at index 1."),
    ],
)
def test_how_many_values_differ_is_counted(inputs: Any, given: Any, message: str) -> None:
    one = task(double, MATCHES, inputs=cases(some=inputs))
    assert told(one, given) == ("failed", message)


def test_a_difference_in_one_of_several_values_has_no_inputs_of_another_shape() -> None:
    one = task(lambda n: (n, [np.ones(2) * n]), MATCHES, inputs=cases(some=call(2.0)))
    shown = judged(one, lambda n: (n, [np.ones(2)]))
    assert (shown.status, shown.message) == (
        "failed",
        "2 of 2 values differ in item 1[0]; the largest difference is 1, at index 0.",
    )
    assert shown.difference is not None
    assert shown.difference.inputs == []


def test_a_look_holds_case_answer_expectation_and_names() -> None:
    given = answers(ONE, double)
    bare = replace(ONE, expected={}, cases=(Case("some", ()),))
    assert observations(bare, given) == {
        "some": Observation(bare.cases[0], given["some"], Expected(), ("z",))
    }


def printed(one: Task, *, outcome: str = "returned") -> CheckResult:
    """Return the verdict on wrong answers of which each printed its case's name."""
    raised = Raised(("ValueError",), "no") if outcome == "raised" else None
    return judged(one, {c.name: Answer(outcome, 0.0, raised=raised, stdout=f"{c.name}\n") for c in one.cases})  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", ["returned", "raised"])
def test_only_what_the_failing_call_printed_stands_beside_it(outcome: str) -> None:
    one = task(double, MATCHES, inputs=cases(large=np.ones(9), small=np.ones(2), wide=np.ones((3, 3))))
    shown = printed(one, outcome=outcome)
    assert (shown.status, shown.case, shown.printed) == ("failed", "small", "small\n")


def test_what_a_hidden_call_printed_is_kept_nowhere() -> None:
    of_check = replace(ONE, checks=(replace(ONE.checks[0], check=MATCHES.hidden()),))
    of_case = replace(ONE, cases=tuple(replace(case, hidden=True) for case in ONE.cases))
    assert [(shown.case, shown.printed) for shown in map(printed, (of_check, of_case))] == [("some", "")] * 2


def test_a_long_print_is_cut_and_counted() -> None:
    given = {"some": Answer("returned", 0.0, stdout="x" * 2500)}
    assert judged(ONE, given).printed == f"{'x' * 2000}\n… 500 characters more"
