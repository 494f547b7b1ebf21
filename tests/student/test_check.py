"""A student's own machine judges by what was recorded: no reference, no hidden case."""

from __future__ import annotations

from pathlib import Path

from support.courses import course, right, student, wrong

from grader.course.course import find
from grader.student.check import check_here
from grader.submissions import Submission

FILES = {"twice.py": right("twice"), "again.py": wrong("again")}


def statuses(folder: Path, *slugs: str) -> list[tuple[str, str, float]]:
    result = check_here(find(folder), Submission("me", FILES), slugs=slugs)
    return [(e.slug, e.status, e.points) for e in result.exercises]


def test_every_exercise_is_checked_unless_some_are_named(tmp_path: Path) -> None:
    student(tmp_path)
    assert statuses(tmp_path) == [("twice", "passed", 5), ("again", "failed", 2)]
    assert statuses(tmp_path, "again") == [("again", "failed", 2)]


def test_an_author_sees_what_students_see(tmp_path: Path) -> None:
    assert statuses(course(tmp_path / "author")) == statuses(student(tmp_path / "student"))


def test_a_recorded_mistake_is_recognised_without_its_code(tmp_path: Path) -> None:
    (exercise,) = check_here(find(student(tmp_path)), Submission("me", FILES), slugs=["again"]).exercises
    assert exercise.diagnosis is not None
    assert exercise.diagnosis.mistake == "squared"
    assert not any(check.case_hidden for check in exercise.checks)
