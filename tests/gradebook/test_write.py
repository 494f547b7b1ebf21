"""Each submission is an attempt, a later run corrects what is told of it, and each change has its cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest
from support.attempts import LESSON, SUITES, exercise, graded, hand_in, points, told
from support.canonical import canonical

from grader.course.policy import policy
from grader.gradebook import Change, Gradebook, records
from grader.submissions import Submission


def test_handing_in_an_earlier_version_again_makes_it_the_last_one(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    hand_in(book, "student-01", "two", 3, 5)
    book.present([Submission("student-01", {"all.py": b"one"}).info])
    assert points(book) == {"relu": 4, "tanh": 10}
    digest = Submission("student-01", {"all.py": b"one"}).digest
    assert told(book)[-1] == ("submitted", "student-01", digest, "", "1", "handed in again")


def test_recording_the_same_again_changes_nothing(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    before = canonical(book)
    assert hand_in(book, "student-01", "one", 10, 4) == []
    assert canonical(book) == before


def test_a_regrade_tells_who_changed_and_why(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    one = Submission("student-01", {"all.py": b"one"}).info
    better = graded("student-01", exercise("relu", 10))
    (change,) = book.record(one, better, {"relu": "c" * 64})
    reason = "the exercise or the grader has changed; relu failed → passed"
    assert change == Change("student-01", "relu", "failed 4/10", "passed 10/10", reason)
    assert points(book) == {"relu": 10, "tanh": 10}
    assert told(book)[-1] == ("regraded", "student-01", "relu", "failed 4/10", "passed 10/10", reason)


@pytest.mark.parametrize(
    ("status", "sandbox", "why"),
    [
        ("undecided", "limits", "the grader had failed"),
        ("failed", "container", "sandbox level limits instead of container"),
        ("failed", "limits", "graded again on demand"),
    ],
)
def test_a_regrade_names_its_cause(book: Gradebook, status: str, sandbox: str, why: str) -> None:
    one = Submission("student-01", {}).info
    first = exercise("relu", 3, status=status)
    book.record(one, msgspec.structs.replace(graded("student-01", first), sandbox=sandbox), SUITES)
    again = msgspec.structs.replace(graded("student-01", exercise("relu", 4)), sandbox="limits")
    (change,) = book.record(one, again, SUITES)
    assert change == Change("student-01", "relu", f"{status} 3/10", "failed 4/10", why)


def test_a_time_that_is_told_later_counts_and_silence_unsays_none(book: Gradebook) -> None:
    deadline = datetime(2026, 3, 1, tzinfo=UTC)
    book.set_policy(policy({"late": {"percent_per_day": 25.0}, "lessons": {LESSON: {"deadline": deadline}}}))
    hand_in(book, "student-01", "one", 10, 4)
    one = Submission("student-01", {"all.py": b"one"}).info
    seen = [points(book)]
    for submitted in ("2026-03-01T12:00:00+00:00", "", "2026-02-28T12:00:00+00:00"):
        book.present([replace(one, submitted=submitted)])
        seen.append(points(book))
    full, less = {"relu": 4, "tanh": 10}, {"relu": 3, "tanh": 7.5}
    assert seen == [full, less, less, full]
    assert told(book)[2:] == [
        ("submitted", "student-01", one.digest, "", "2026-03-01T12:00:00+00:00", "another time"),
        (
            "submitted",
            "student-01",
            one.digest,
            "2026-03-01T12:00:00+00:00",
            "2026-02-28T12:00:00+00:00",
            "another time",
        ),
    ]


def test_a_run_without_a_class_list_loses_no_id(book: Gradebook) -> None:
    def ident() -> str:
        (record,) = records(book)
        return record.ident

    name = "Given_1001"
    hand_in(book, name, "one", 10, 4, id="1001", system="moodle")
    seen = [ident()]
    hand_in(book, name, "one", 10, 4, id="m771", system="moodle", is_called=True)
    seen.append(ident())
    for source in ("one", "two"):
        hand_in(book, name, source, 10, 4, id="1001", system="moodle")
        seen.append(ident())
    hand_in(book, name, "two", 10, 4, id="", system="moodle", is_called=True)
    seen.append(ident())
    assert seen == ["", "m771", "m771", "m771", ""]


def test_a_mark_that_the_download_takes_back_costs_nothing_any_more(book: Gradebook) -> None:
    book.set_policy(policy({"late": {"percent_per_day": 25.0}}))
    hand_in(book, "student-01", "one", 10, 4, late=True)
    one = Submission("student-01", {"all.py": b"one"}).info
    assert points(book) == {"relu": 3, "tanh": 7.5}
    book.present([one])
    assert points(book) == {"relu": 4, "tanh": 10}
