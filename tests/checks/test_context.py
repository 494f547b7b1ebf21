"""What a check sees: answers of the right form to judge, and a sentence for each of the others."""

from __future__ import annotations

import numpy as np
import pytest

from grader.cases.case import Answer, Case, Outcome
from grader.checks.compare import Mismatch
from grader.checks.context import CheckContext, Elsewhere, Expected, Finding, Observation, Partition, finding
from grader.checks.wording import public_sentence, sentence

A = np.array([1.0, 2.0])
CASE = Case("one", (A,))
RIGHT = Answer("returned", A)
NONE = "Your function returned None. A return statement may be missing."
DIFFER = "Some values differ from the expected ones."
ENDED = "Your code ended Python itself. Remove calls of exit and quit."
SHAPE = "Your output has shape (1,); expected (2,)."


def observed(answer: Answer, name: str = "one") -> Observation:
    return Observation(Case(name, (A,)), answer, Expected(A))


def messages(context: CheckContext) -> list[tuple[str, str]]:
    return [(fault.message, fault.kind) for fault in context.partition.faults]


@pytest.mark.parametrize("outcome", ["raised", "timed_out", "exited", "crashed", "not_run"])
def test_a_call_without_an_answer_is_a_fault_with_its_sentences(outcome: Outcome) -> None:
    answer = Answer(outcome)
    context = CheckContext([observed(answer)])
    kind = "not_run" if outcome == "not_run" else "fault"
    assert (context.judged, messages(context)) == ((), [(sentence(answer), kind)])
    assert [fault.public_sentence for fault in context.partition.faults] == [public_sentence(answer)]


def test_what_returned_is_judged_whatever_it_is_where_a_check_asks_for_that() -> None:
    observations = (observed(Answer("returned", None)), observed(RIGHT), observed(Answer("exited")))
    some = CheckContext(observations, "returned")
    assert (some.judged, messages(some)) == (observations[:2], [(ENDED, "fault")])
    none = CheckContext(observations[2:], "returned")
    assert messages(none) == [(ENDED, "fault")]
    there = CheckContext(observations[2:], "returned", elsewhere=Elsewhere(faults={"one": "Values"}))
    assert there.partition == Partition(left_to="Values")
    assert CheckContext(observations, "calls").partition == Partition(observations)


def test_only_values_of_the_expected_form_are_judged() -> None:
    observations = [
        observed(RIGHT),
        observed(Answer("returned", None)),
        observed(Answer("returned", A[:1])),
        observed(Answer("exited")),
    ]
    context = CheckContext(observations)
    assert context.judged == (observations[0],)
    assert messages(context) == [
        (NONE, "type"),
        (SHAPE, "shape"),
        (ENDED, "fault"),
    ]


@pytest.mark.parametrize(
    ("elsewhere", "faults", "left_to"),
    [
        (Elsewhere(), [(SHAPE, "shape"), (NONE, "type"), (ENDED, "fault")], ""),
        (Elsewhere(forms={"one": "Shapes"}), [(ENDED, "fault")], "Shapes"),
        (Elsewhere(faults={"one": "Values"}), [(SHAPE, "shape"), (NONE, "type")], "Values"),
        (Elsewhere(forms={"two": "Shapes"}), [(SHAPE, "shape"), (NONE, "type"), (ENDED, "fault")], ""),
    ],
)
def test_what_another_check_reports_of_a_case_is_left_to_that_check(
    elsewhere: Elsewhere, faults: list[tuple[str, str]], left_to: str
) -> None:
    answers = (Answer("returned", A[:1]), Answer("returned", None), Answer("exited"))
    context = CheckContext(list(map(observed, answers)), elsewhere=elsewhere)
    assert (context.judged, messages(context), context.partition.left_to) == ((), faults, left_to)


def test_one_value_of_the_right_form_shows_that_the_function_runs() -> None:
    context = CheckContext([observed(Answer("exited")), observed(RIGHT)], "code")
    assert context.partition == Partition((context.observations[1],))


def test_no_value_of_the_right_form_leaves_the_faults() -> None:
    context = CheckContext([observed(Answer("exited")), observed(Answer("returned", None))], "code")
    assert (context.judged, len(context.partition.faults)) == ((), 2)


def test_the_returned_value_is_seen_as_an_array() -> None:
    got = observed(Answer("returned", 1.5)).got
    assert (got.shape, got.dtype.name, got.item()) == ((), "float64", 1.5)


@pytest.mark.parametrize(
    ("allowed", "tolerance"),
    [
        (None, ""),
        (np.zeros((0, 2)), ""),
        (np.asarray(0.0), "0"),
        (np.array([1.2e-16, 3.4e-15]), "3e-15"),
    ],
)
def test_a_finding_tells_the_largest_tolerance(allowed: np.ndarray | None, tolerance: str) -> None:
    off = np.array([True, False])
    found = finding(CASE, Mismatch("Text.", "value", "", A, A + 1, off, allowed))
    # From Python 3.13 on, `==` of dataclasses asks arrays for their truth.
    told = (found.message, found.kind, found.tolerance, found.where, found.public)
    assert told == ("Text.", "value", tolerance, "", DIFFER)
    assert (found.case is CASE, found.got is A, found.wrong is off) == (True, True, True)
    assert np.array_equal(found.expected, A + 1)


def test_a_check_may_say_it_in_its_own_words() -> None:
    assert finding(CASE, Mismatch("Text.", "type"), "Own words.") == Finding(CASE, "Own words.", "type")


@pytest.mark.parametrize("kind", ["type", "shape", "value"])
def test_the_public_sentence_depends_on_the_kind_of_a_mismatch_alone(kind: str) -> None:
    found = [finding(CASE, Mismatch(text, kind, " in item 1", A, A + 1)).public_sentence for text in "ab"]
    assert found[0] == found[1]
    assert len(found[0]) > 20
