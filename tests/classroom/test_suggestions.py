"""A slip that several students made becomes a known mistake that `verify` accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import grader
from support.handed import Here, InMemory
from support.small import RIGHT, small_course
from support.warm import shared_workers as shared_workers

from grader.classroom.grade_class import Options, grade_class
from grader.classroom.suggestions import suggestions
from grader.course.course import find
from grader.submissions import Submission

pytestmark = pytest.mark.usefixtures("shared_workers")

SLIPS = {
    "student-01": "return 2 * Z + Z.sum()",
    "student-02": "return 2 * Z + Z.sum()  # as in the text",
    "student-03": "return 2 * Z - Z.max()",
    "student-04": "return 2 * Z",
}


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """A course, and its class in the folder `out`."""
    submissions = [
        Submission(
            name,
            {
                "twice.py": f"def twice(Z):\n    {text}\n".encode(),
                "thrice.py": RIGHT.format("thrice", "3").encode(),
            },
        )
        for name, text in SLIPS.items()
    ]
    options = Options(jobs=1, executor=Here(), repairs="all")
    grade_class(InMemory(submissions), small_course(tmp_path / "course"), tmp_path / "out", options)
    return tmp_path


def test_a_frequent_slip_is_listed_with_who_made_it(graded: Path) -> None:
    found = suggestions(graded / "out")
    assert [(one.slug, one.students, one.repair.kind, one.caught_by) for one in found] == [
        ("twice", ("student-01", "student-02"), "operand left out: +", "matches_reference")
    ]
    assert {one.students for one in suggestions(graded / "out", least=1)} == {
        ("student-01", "student-02"),
        ("student-03",),
    }
    assert suggestions(graded / "out", least=3) == []


def test_a_draft_is_a_known_mistake_that_verify_proves_and_grading_names(graded: Path) -> None:
    (one,) = suggestions(graded / "out")
    authored = graded / "course" / "reference" / "01_small" / "twice.py"
    authored.write_text(f"{authored.read_text()}\n\n{one.draft}")
    done = grader("verify", "twice", "--course", graded / "course")
    assert done.out.splitlines()[-2:] == [
        "01_small/twice: It has 2 mistakes; at least 3 are wanted.",  # this small course has one
        "0 of 1 exercises proven; 2 of 2 mistakes caught.",
    ]
    known = [m.message for m in find(graded / "course").tasks(slugs=["twice"])[0].mistakes]
    assert known[-1] == "Look at both sides of this +. One side of this is too much."


def test_the_command_prints_groups_changes_and_drafts(graded: Path) -> None:
    done = grader("suggest", graded / "out")
    assert (done.code, done.out.splitlines()) == (
        0,
        [
            "twice: 2 students, operand left out: +",
            "  student-01, student-02",
            "    -     return 2 * Z + Z.sum()",
            "    +     return 2 * Z",
            "",
            "  @exercise.mistake(caught_by=checks.matches_reference)",
            "  def operand_left_out(Z):",
            '      """Look at both sides of this +. One side of this is too much."""',
            "      return 2 * Z + Z.sum()",
            "",
            "1 slip of at least 2 students without a known mistake.",
        ],
    )
    assert grader("suggest", graded / "out", "--least", 5).out.startswith("No slip was repaired often enough")
