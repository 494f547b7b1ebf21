"""One submission is graded from Python as a class is, and nothing is written anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.small import RIGHT, small_course
from support.warm import shared_workers as shared_workers

from grader import grade
from grader.classroom.grade_job import suite_of
from grader.errors import SandboxError, UsageError
from grader.sandbox import Limits

pytestmark = pytest.mark.usefixtures("shared_workers")


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    """A file of a right and a wrong function, in a folder beside a course."""
    small_course(tmp_path)
    path = tmp_path / "handed" / "student-01.py"
    path.parent.mkdir()
    path.write_text(RIGHT.format("twice", 2) + RIGHT.format("thrice", 5))
    return path


def test_a_file_is_graded_by_the_nearest_course_and_nothing_is_written(
    handed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handed.parent)
    before = sorted(tmp_path.rglob("*.*"))
    found = grade("student-01.py", level="limits")
    assert [(e.slug, e.status, e.points) for e in found.exercises] == [
        ("thrice", "failed", 1),
        ("twice", "passed", 4),
    ]
    assert (found.student, found.points, found.max_points, found.sandbox) == ("student-01", 5, 8, "limits")
    assert [path for path in sorted(tmp_path.rglob("*.*")) if path not in before] == []


def test_the_result_tells_the_suite_that_a_class_would_be_graded_by(handed: Path, tmp_path: Path) -> None:
    course = small_course(tmp_path)
    found = grade(handed, course=tmp_path, lesson="01", level="limits")
    assert found.suite == suite_of(course, course.tasks(), Limits())


def test_what_cannot_be_graded_is_one_sentence(handed: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^\S+nobody\.py does not exist; expected a folder, "):
        grade(handed.with_name("nobody.py"), course=tmp_path)
    with pytest.raises(UsageError, match=r"^There is no exercise in lesson 9 in reference/\.$"):
        grade(handed, course=tmp_path, lesson="9")
    with pytest.raises(UsageError, match="is no course: it has neither reference/ nor exercises/index"):
        grade(handed, course=handed.parent)
    with pytest.raises(SandboxError, match=r"^There is no sandbox level moon"):
        grade(handed, course=tmp_path, level="moon")
