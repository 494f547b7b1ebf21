"""What is stored of the course as a whole, in transactions that leave all or nothing."""

from __future__ import annotations

import pytest
from support.attempts import SUITES, exercise, graded, hand_in
from support.canonical import canonical

from grader.course.policy import policy
from grader.errors import GradebookError
from grader.gradebook import Gradebook
from grader.submissions import Submission


def test_the_policy_is_kept_with_its_changes_but_never_the_seed(book: Gradebook) -> None:
    first = policy({"title": "A", "seed": 987654321})
    for one in (first, first, policy({"title": "B"})):
        book.set_policy(one)
    assert book.policy() == policy({"title": "B"})
    assert [(e.event, '"A"' in e.before, '"B"' in e.after) for e in book.history()] == [
        ("policy", False, False),
        ("policy", True, True),
    ]
    assert b"987654321" not in canonical(book)


def test_a_transaction_that_fails_leaves_nothing(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    before = canonical(book)
    twice = graded("student-02", exercise("relu", 4), exercise("relu", 4))
    with pytest.raises(GradebookError, match=r"^The gradebook could not be used: "):
        book.record(Submission("student-02", {}).info, twice, SUITES)
    assert canonical(book) == before


def test_what_exercises_ask_for_is_kept_lesson_by_lesson(book: Gradebook) -> None:
    assert book.texts() == {}
    book.set_texts({"relu": "Old.", "tanh": "Return tanh."})
    book.set_texts({"relu": "Return relu."})
    assert book.texts() == {"relu": "Return relu.", "tanh": "Return tanh."}


def test_orders_and_digests_of_other_lessons_are_kept(book: Gradebook) -> None:
    book.set_order({"01": ["b", "a"]})
    book.set_order({"02": ["c"]})
    book.set_suites({"a": "1", "b": "2"})
    book.set_suites({"b": "3"})
    assert (book.order(), book.suites()) == ({"01": ["b", "a"], "02": ["c"]}, {"a": "1", "b": "3"})
