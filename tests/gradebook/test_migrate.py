"""A gradebook of an earlier schema is carried over once: no point is given away, no hidden text is shown."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import msgspec
import pytest

from grader.classroom.actions import open_book
from grader.errors import GradebookError
from grader.gradebook import Record, records
from grader.report.redact import for_student

BOOKS = Path(__file__).parents[1] / "data" / "gradebooks"
SCHEMA_1 = BOOKS / "schema-1.db"
"""Graded by the version that wrote schema 1: a wrong hidden case, a fault of its own, points by hand."""
SCHEMA_2 = BOOKS / "schema-2.db"
"""Graded by the version that wrote schema 2: `student-01` handed in `5` and `7` after the right factors."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    shutil.copyfile(SCHEMA_1, tmp_path / "gradebook.db")
    return tmp_path


def found(out: Path) -> list[Record]:
    with open_book(out) as book:
        return list(records(book))


def test_points_that_the_graders_own_fault_gave_are_open(out: Path) -> None:
    assert [
        (r.student, e.slug, e.status, e.points, e.open_points) for r in found(out) for e in r.result.exercises
    ] == [
        ("student-01", "twice", "passed", 5, 0),
        ("student-01", "again", "passed", 5, 0),
        ("student-02", "twice", "raised", 0, 0),
        ("student-02", "again", "failed", 2, 0),
        ("student-03", "twice", "undecided", 0, 5),
        ("student-03", "again", "undecided", 0, 5),
        ("student-04", "twice", "passed", 5, 0),
        ("student-04", "again", "raised", 2, 0),
    ]


def test_of_a_hidden_case_instructors_keep_the_sentence_and_students_lose_it(out: Path) -> None:
    _, second, *_ = found(out)
    raised, differs = second.result.exercises
    assert raised.error is not None
    assert raised.error.sentence == "ValueError on line 3: hidden -0.004332825359310455."
    assert [c.sentence for c in differs.checks if c.status == "failed"] == [
        "1 of 1 value differs; the largest difference is 0.004333, at index 0."
    ]
    seen = for_student(second.result)
    assert b"0.0043" not in msgspec.json.encode(seen)
    assert b"line 3" not in msgspec.json.encode(seen)
    assert [c.message for c in seen.exercises[1].checks if c.case_hidden] == [
        "This does not hold in a hidden case."
    ]


@pytest.mark.parametrize("schema", ["1", "2"])
def test_it_is_carried_over_once_and_says_so(
    schema: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copyfile(BOOKS / f"schema-{schema}.db", tmp_path / "gradebook.db")
    said = f"The gradebook is carried over from schema {schema} to schema 3."
    with caplog.at_level(logging.WARNING):
        first = found(tmp_path)
        assert [record.message for record in caplog.records] == [said]
        assert found(tmp_path) == first
    assert [record.message for record in caplog.records] == [said]


def test_attempts_of_schema_2_keep_their_points_and_have_no_source(tmp_path: Path) -> None:
    shutil.copyfile(SCHEMA_2, tmp_path / "gradebook.db")
    assert [(r.student, r.result.points, set(r.digests.values())) for r in found(tmp_path)] == [
        ("student-01", 8, {""}),
        ("student-02", 5, {""}),
        ("student-03", 8, {""}),
    ]


def test_what_was_undecided_is_wanted_again(out: Path) -> None:
    with open_book(out) as book:
        suites = {"twice": "", "again": ""}
        with book.transaction(reading=True) as link:
            for slug, suite in link.exec_driver_sql(
                "select slug, suite from gradings where status = 'passed'"
            ):
                suites[slug] = suite
        students = {student for student, _ in book.settled(suites, "A")}
    assert students == {"student-01", "student-02", "student-04"}


def test_one_that_cannot_be_written_to_is_refused_in_one_sentence(out: Path) -> None:
    where = f"sqlite:///file:{out / 'gradebook.db'}?mode=ro&uri=true"
    with pytest.raises(GradebookError, match=r"cannot be opened: attempt to write a readonly database"):
        open_book(out, where)
