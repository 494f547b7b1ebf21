"""The gradebook keeps every attempt and change, on SQLite and on a real PostgreSQL alike."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psycopg
import pytest
from sqlalchemy import URL, text
from support import postgres, samples
from support.canonical import canonical

from grader.course.policy import policy
from grader.errors import GradebookError, UsageError
from grader.gradebook import Change, Gradebook, records
from grader.gradebook.policy_points import Adjustment, Mark
from grader.results import ExerciseResult, Result
from grader.submissions import Submission

LESSON = "02_activations"
SUITES = {"tanh": "a" * 64, "relu": "b" * 64}


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server is installed here")
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'gradebook.db'}"
        return
    address = request.getfixturevalue("postgresql")
    yield address
    with psycopg.connect(address) as link:
        link.execute("drop schema public cascade")
        link.execute("create schema public")


@pytest.fixture
def book(url: str) -> Iterator[Gradebook]:
    with Gradebook(url) as one:
        yield one


def exercise(slug: str, points: float, **more: object) -> ExerciseResult:
    """Return an exercise of 10 points."""
    status = "passed" if points == 10 else "failed"
    check = samples.check(slug, slug, "passed" if points == 10 else "failed")
    one = samples.exercise(slug, slug, [check], status=status, lesson=LESSON)
    return msgspec.structs.replace(one, points=points, max_points=10, **more)


def graded(student: str, *exercises: ExerciseResult) -> Result:
    return samples.result(student, list(exercises))


def hand_in(
    book: Gradebook, student: str, source: str, tanh: float, relu: float, **more: object
) -> list[Change]:
    one = Submission(student, {"all.py": source.encode()}, **more)  # type: ignore[arg-type]  # fields by name
    return book.record(one.info, graded(student, exercise("tanh", tanh), exercise("relu", relu)), SUITES)


def points(book: Gradebook, student: str = "student-01") -> dict[str, float]:
    (record,) = records(book, students=[student])
    return {e.slug: e.points for e in record.result.exercises}


def told(book: Gradebook) -> list[tuple[str, ...]]:
    """Return the audit trail without times."""
    return [(r.event, r.student, r.subject, r.before, r.after, r.reason) for r in book.history()]


def test_what_was_recorded_comes_back_whole(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4, name="Ünal, =Ada", id="17", system="moodle", notes=("a note",))
    (record,) = records(book)
    expected = [exercise("relu", 4), exercise("tanh", 10)]
    assert record.result.exercises == expected
    assert (record.result.points, record.result.max_points, record.result.notes) == (14, 20, ["a note"])
    assert (record.name, record.ident, record.system) == ("Ünal, =Ada", "17", "moodle")
    assert record.marks == {
        "relu": Mark(attempt=1, attempts=1, earned=4, points=4),
        "tanh": Mark(attempt=1, attempts=1, earned=10, points=10),
    }


def test_exercises_stand_in_the_order_that_was_set_last_and_others_behind_them(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    shown = [list(points(book))]
    for order in ({LESSON: ["tanh", "relu"]}, {"another": ["a"]}, {LESSON: ["tanh"]}, {LESSON: ["relu"]}):
        book.set_order(order)
        shown.append(list(points(book)))
    there, back = ["tanh", "relu"], ["relu", "tanh"]
    assert shown == [back, there, there, there, back]
    assert book.order() == {"another": ["a"], LESSON: ["relu"]}


def test_the_last_attempt_counts_and_says_so(book: Gradebook) -> None:
    hand_in(book, "student-01", "one", 10, 4)
    hand_in(book, "student-01", "two", 3, 5)
    assert points(book) == {"relu": 5, "tanh": 3}
    (record,) = records(book)
    assert [e.remarks for e in record.result.exercises] == [["Attempt 2 of 2 counts."]] * 2


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


def test_the_best_attempt_counts_exercise_by_exercise(book: Gradebook) -> None:
    book.set_policy(policy({"attempts": "best"}))
    hand_in(book, "student-01", "one", 10, 4)
    hand_in(book, "student-01", "two", 3, 5)
    assert points(book) == {"relu": 5, "tanh": 10}


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

    name = "Ann_1001"
    hand_in(book, name, "one", 10, 4, id="1001", system="moodle")
    seen = [ident()]
    hand_in(book, name, "one", 10, 4, id="m771", system="moodle", is_called=True)
    seen.append(ident())
    for source in ("one", "two"):
        hand_in(book, name, source, 10, 4, id="1001", system="moodle")
        seen.append(ident())
    hand_in(book, name, "two", 10, 4, id="", system="moodle", is_called=True)
    seen.append(ident())
    assert seen == ["1001", "m771", "m771", "m771", ""]


def test_a_mark_that_the_download_takes_back_costs_nothing_any_more(book: Gradebook) -> None:
    book.set_policy(policy({"late": {"percent_per_day": 25.0}}))
    hand_in(book, "student-01", "one", 10, 4, late=True)
    one = Submission("student-01", {"all.py": b"one"}).info
    assert points(book) == {"relu": 3, "tanh": 7.5}
    book.present([one])
    assert points(book) == {"relu": 4, "tanh": 10}


def test_a_stamp_changes_with_whatever_a_page_shows(book: Gradebook) -> None:
    def stamp() -> str:
        (record,) = records(book)
        return record.stamp

    hand_in(book, "student-01", "one", 10, 4)
    stamps = [stamp()]
    assert stamp() == stamps[0]
    book.adjust("student-01", "relu", 6, reason="Why not.")
    stamps.append(stamp())
    book.set_policy(policy({"title": "Another"}))
    stamps.append(stamp())
    hand_in(book, "student-01", "two", 10, 4)
    stamps.append(stamp())
    book.set_order({LESSON: ["tanh", "relu"]})
    stamps.append(stamp())
    assert len(set(stamps)) == 5
    book.stamp({"student-01": stamps[0]})
    book.stamp({"student-01": stamps[3]})
    assert book.stamps() == {"student-01": stamps[3]}


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


def test_a_reader_does_not_keep_the_writer_waiting(book: Gradebook) -> None:
    for number in range(3):
        hand_in(book, f"student-{number}", "one", 10, 4)
    seen = []
    for record in records(book):
        seen.append(record.student)
        book.stamp({record.student: record.stamp})
    assert sorted(book.stamps()) == sorted(seen) == ["student-0", "student-1", "student-2"]


def test_students_come_in_natural_order_however_many_are_read_at_a_time(book: Gradebook) -> None:
    names = [f"student-{number}" for number in range(1, 121)]
    for name in sorted(names):
        hand_in(book, name, "one", 10, 4)
    found = [(r.student, [e.slug for e in r.result.exercises]) for r in records(book)]
    assert found == [(name, ["relu", "tanh"]) for name in names]


def test_what_exercises_ask_for_is_kept_lesson_by_lesson(book: Gradebook) -> None:
    assert book.texts() == {}
    book.set_texts({"relu": "Old.", "tanh": "Return tanh."})
    book.set_texts({"relu": "Return relu."})
    assert book.texts() == {"relu": "Return relu.", "tanh": "Return tanh."}


def test_a_gradebook_of_another_schema_is_refused(url: str) -> None:
    with Gradebook(url) as book, book.transaction() as link:
        link.execute(text("update settings set value = '7' where name = 'schema'"))
    with pytest.raises(GradebookError, match=r"has schema 7; this version reads schema 2\.$"):
        Gradebook(url)


@pytest.mark.parametrize("address", ["no address", "nosuchdb://x/y"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(
        UsageError, match=r"^--gradebook is no address such as postgresql://user@host/name or sqlite:///"
    ):
        Gradebook(address)


def test_what_must_be_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "typo.db"
    with pytest.raises(GradebookError, match=r"^The gradebook sqlite:///\S+typo.db does not exist\.$"):
        Gradebook(f"sqlite:///{path}", exists=True)
    assert not path.exists()


def test_a_database_without_a_class_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as link:
        link.execute("create table theirs (id integer)")
    with pytest.raises(GradebookError, match=r"other.db holds no graded class\.$"):
        Gradebook(f"sqlite:///{path}", exists=True)
    with closing(sqlite3.connect(path)) as link:
        assert link.execute("select name from sqlite_master").fetchall() == [("theirs",)]


def test_a_missing_driver_says_what_to_install() -> None:
    with pytest.raises(
        UsageError, match=r"needs a driver that is not installed: No module named 'oracledb' "
    ):
        Gradebook("oracle+oracledb://user@host/name")


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(
        GradebookError, match=r"^The gradebook postgresql://me:\*\*\*@/x\?host=\S+ cannot be opened: "
    ):
        Gradebook(f"postgresql://me:secret@/x?host={tmp_path}")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    path.write_text("no database" * 100)
    with pytest.raises(GradebookError, match=r"cannot be opened: file is not a database\.$"):
        Gradebook(f"sqlite:///{path}")


def test_a_copy_where_nothing_can_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = URL.create("sqlite", database=str(tmp_path / "a ?%20#.db"))
    with Gradebook(url) as book:
        hand_in(book, "student-01", "one", 10, 4)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with Gradebook(url, exists=True) as book:
        assert [record.student for record in records(book)] == ["student-01"]
        assert [entry.event for entry in book.history()] == ["submitted"]
        with pytest.raises(GradebookError, match="attempt to write a readonly database"):
            book.set_order({"02": ["relu"]})
    assert [path.name for path in tmp_path.iterdir()] == ["a ?%20#.db"]
