"""A call without an answer has a sentence for a beginner, and of a hidden call only Python's own words."""

from __future__ import annotations

import pytest

from grader.cases.case import Answer, Raised
from grader.checks.wording import public_sentence, public_type, sentence


def raised(*, line: int | None = None, message: str = "", names: tuple[str, ...] = ("ValueError",)) -> Answer:
    return Answer("raised", raised=Raised(names, message, line))


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (raised(), "ValueError."),
        (raised(line=3), "ValueError on line 3."),
        (raised(message="bad."), "ValueError: bad."),
        (raised(line=3, message="bad", names=("OwnError", "ValueError")), "OwnError on line 3: bad."),
        (
            Answer("timed_out", slept="5 s in this exercise"),
            "Your code slept for 5 s in this exercise, the most it may. Remove time.sleep and all waiting.",
        ),
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
            Answer("timed_out", slept="5 s in this exercise"),
            "Your code slept longer than it may. Remove time.sleep and all waiting.",
        ),
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
    assert public_sentence(answer) == text


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("ZeroDivisionError", "ZeroDivisionError"),
        ("MemoryError", "MemoryError"),
        ("E0_4711", "an exception"),
        ("print", "an exception"),
        ("", "an exception"),
    ],
)
def test_only_a_type_of_pythons_own_is_named(name: str, public: str) -> None:
    assert public_type(raised(names=(name,))) == public
    assert public_type(Answer("raised")) == "an exception"
