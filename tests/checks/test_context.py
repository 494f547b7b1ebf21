"""What a check sees: answers of the right form to judge, and a sentence for each of the others."""

from __future__ import annotations

import numpy as np
import pytest

from grader.cases.case import Answer, Case, Raised
from grader.checks.compare import Mismatch
from grader.checks.context import CheckContext, Elsewhere, Expected, Finding, Observation, Partition, finding
from grader.checks.wording import sentence

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


def raised(*, line: int | None = None, message: str = "", names: tuple[str, ...] = ("ValueError",)) -> Answer:
    return Answer("raised", raised=Raised(names, message, line))


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (raised(), "ValueError."),
        (raised(line=3), "ValueError on line 3."),
        (raised(message="bad."), "ValueError: bad."),
        (raised(line=3, message="bad", names=("OwnError", "ValueError")), "OwnError on line 3: bad."),
        (Answer("timed_out"), "No result after the time limit. A loop may not end."),
        (Answer("timed_out", detail="2 s"), "No result after 2 s. A loop may not end."),
        (
            Answer("exited", detail="exit code 1"),
            "Your code ended Python itself. Remove calls of exit and quit.",
        ),
        (Answer("crashed", detail="signal 11"), "Python stopped in the middle of the call (signal 11)."),
        (Answer("not_run"), "This call was not made, because one before it did not end."),
    ],
)
def test_a_call_without_an_answer_has_a_sentence(answer: Answer, text: str) -> None:
    assert sentence(answer) == text
    context = CheckContext([observed(answer)])
    assert (context.judged, messages(context)) == ((), [(text, "fault")])


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


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (raised(line=3, message="0.4711"), "Your function raised ValueError."),
        (
            raised(line=3, message="0.4711", names=("E0_4711", "ValueError")),
            "Your function raised an exception.",
        ),
        (raised(names=("print", "ValueError")), "Your function raised an exception."),
        (
            Answer("timed_out", detail="2 s"),
            "A call gave no result within the time limit. A loop may not end.",
        ),
        (Answer("crashed", detail="signal 11"), "Python stopped in the middle of a call."),
        (
            Answer("exited", detail="exit code 71"),
            "Your code ended Python itself. Remove calls of exit and quit.",
        ),
        (Answer("not_run"), "This call was not made, because one before it did not end."),
    ],
)
def test_of_a_hidden_call_only_pythons_own_words_are_public(answer: Answer, text: str) -> None:
    context = CheckContext([observed(answer)])
    assert [fault.public_sentence for fault in context.partition.faults] == [text]


@pytest.mark.parametrize("kind", ["type", "shape", "value"])
def test_the_public_sentence_depends_on_the_kind_of_a_mismatch_alone(kind: str) -> None:
    found = [finding(CASE, Mismatch(text, kind, " in item 1", A, A + 1)).public_sentence for text in "ab"]
    assert found[0] == found[1]
    assert len(found[0]) > 20
