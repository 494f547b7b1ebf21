"""A slip that several students made becomes a known mistake that `verify` accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support import samples
from support.courses import grader
from support.handed import Here, InMemory
from support.small import RIGHT, small_course
from support.warm import shared_workers as shared_workers

from grader.classroom.grade_class import Options, grade_class
from grader.classroom.suggestions import Suggestion, suggestions
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


def draft(code: str, caught_by: str = "matches_reference") -> str:
    """Return the draft of a slip in `twice`."""
    its = replace(samples.repaired(samples.relu()).repair, kind="operator: +", code=code)
    return Suggestion("twice", ("student-01",), its, caught_by).draft


BODY = """\
@exercise.mistake(caught_by=checks.matches_reference)
def operator(Z):
    \"\"\"Look at the axis of this sum. axis=0 combines the rows and leaves a number for each column; axis=1 combines the columns.\"\"\"
    return 2 + Z
"""  # noqa: E501 (a draft's sentence is one line)


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("def twice(Z):\n    return 2 + Z", BODY),
        ("twice = lambda Z: 2 + Z", BODY),
        ("def other(Z):\n    return 2 + Z\n\ntwice = other", BODY),
        ("def other(Z):\n    return 2 + Z\n\nmore = other\n\ntwice = more", BODY),
        (
            "def twice(Z):\n    return TWO + Z\n\nTWO = 2",
            "TWO = 2\n\n\n" + BODY.replace("2 + Z", "TWO + Z"),
        ),
        (
            "def twice(Z):\n    return twice(Z - 1) + Z\n\ndef unused(Z):\n    return twice(Z)",
            "def unused(Z):\n    return operator(Z)\n\n\n" + BODY.replace("2 + Z", "operator(Z - 1) + Z"),
        ),
        (
            "class Two:\n\n    def one(self):\n        return 1\n\n    def two(self):\n        return 2"
            "\n\ndef twice(Z):\n    return 2 + Z",
            "class Two:\n\n    def one(self):\n        return 1\n\n    def two(self):\n        return 2\n\n\n"
            + BODY,
        ),
    ],
    ids=["function", "lambda", "alias", "aliases", "constant below", "recursion", "class"],
)
def test_a_draft_is_one_function_below_its_helpers_however_the_student_defined_it(
    code: str, made: str
) -> None:
    assert draft(code) == made


def test_a_check_that_is_called_after_its_title_is_named_by_its_id() -> None:
    # `checks` has no items_match_t_is_right: an exercise with two checks of a kind calls them after titles.
    its = draft("def twice(Z):\n    return 2 + Z", "items_match_t_is_right")
    assert its.splitlines()[0] == '@exercise.mistake(caught_by="items_match_t_is_right")'


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
