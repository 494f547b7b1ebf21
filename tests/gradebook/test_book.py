"""The gradebook keeps every attempt and change, on SQLite and on a real PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from support.attempts import LESSON, SUITES, exercise, graded, hand_in, points, told

from grader.course.policy import policy
from grader.gradebook import Gradebook, records
from grader.gradebook.policy_points import Adjustment
from grader.submissions import Submission


def test_what_is_settled_is_told_by_suite_and_sandbox(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    spoiled = graded("student-02", exercise("tanh", 10), exercise("relu", 1))
    broken = [msgspec.structs.replace(e, status="undecided") for e in spoiled.exercises]
    book.record(Submission("student-02", {}).info, msgspec.structs.replace(spoiled, exercises=broken), SUITES)
    key = "student-01", Submission("student-01", {"all.py": b"one"}).digest
    level = spoiled.sandbox
    assert book.settled(SUITES, level) == {key: frozenset(("tanh", "relu"))}
    assert book.settled(SUITES | {"relu": "c" * 64}, level) == {key: frozenset(("tanh",))}
    assert book.settled(SUITES, "another") == {}


def test_an_adjustment_holds_through_a_regrade_until_it_is_taken_back(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    book.adjust("student-01", "relu", 6.5, reason="The axis was not stated.")
    hand_in(book, "student-01", "one", 10, 5)
    assert points(book) == {"relu": 6.5, "tanh": 10}
    (record,) = records(book)
    remark = "Your instructor set the points to 6.5: The axis was not stated."
    assert record.result.exercises[0].remarks == [remark]
    assert record.marks["relu"].adjustment == Adjustment(points=6.5, reason="The axis was not stated.")
    book.adjust("student-01", "relu", None, reason="A mistake.")
    assert points(book) == {"relu": 5, "tanh": 10}
    assert [entry for entry in told(book) if entry[0] == "adjusted"] == [
        ("adjusted", "student-01", "relu", "", "6.5", "The axis was not stated."),
        ("adjusted", "student-01", "relu", "6.5", "", "A mistake."),
    ]


def test_an_extension_moves_one_students_deadline(book: Gradebook) -> None:
    deadline = datetime(2026, 3, 1, tzinfo=UTC)
    book.set_policy(policy({"late": {"percent_per_day": 25.0}, "lessons": {LESSON: {"deadline": deadline}}}))
    for student in ("student-01", "student-02"):
        hand_in(book, student, "one", 10, 4, submitted="2026-03-02T12:00:00+00:00")
    book.extend("student-02", LESSON, datetime(2026, 3, 3, tzinfo=UTC), reason="Illness.")
    assert points(book) == {"relu": 2, "tanh": 5}
    assert points(book, "student-02") == {"relu": 4, "tanh": 10}
    book.extend("student-02", LESSON, None, reason="Not ill.")
    assert points(book, "student-02") == {"relu": 2, "tanh": 5}


def test_a_renumbered_lesson_keeps_results_and_extensions(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    hand_in(book, "student-02", "one", 10, 4)
    now = f"77_{LESSON.partition('_')[2]}"
    until = datetime(2026, 3, 3, tzinfo=UTC)
    book.extend("student-01", LESSON, until, reason="Illness.")
    book.extend("student-02", LESSON, until, reason="An earlier one.")
    book.extend("student-02", now, until, reason="A later one.")
    before = points(book)
    assert [book.renumber([now, "01_other"]) for _ in range(2)] == [{LESSON: now}, {}]
    found = list(records(book))
    assert points(book) == before
    assert [e.lesson for one in found for e in one.result.exercises] == [now] * 4
    assert [one.result.notes[-1].rpartition(": ")[2] for one in found] == ["Illness.", "A later one."]
    assert [entry for entry in told(book) if entry[0] == "renumbered"] == [
        ("renumbered", "", now, LESSON, now, "the lesson's folder has another number")
    ]
