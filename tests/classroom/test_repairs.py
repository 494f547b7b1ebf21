"""A class's failing code is searched once for equal code, what most students have first, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.canonical import canonical
from support.handed import Here, InMemory
from support.small import RIGHT, handed_in, small_course
from support.warm import shared_workers as shared_workers

from grader.classroom import repairs
from grader.classroom.grade_class import GradedClass, Options, grade_class
from grader.classroom.repairs import Sought
from grader.course.course import Course
from grader.gradebook import Gradebook, records
from grader.results import ChangedLine, Repair, from_json
from grader.submissions import Submission

pytestmark = pytest.mark.usefixtures("shared_workers")

WRONG = "def twice(Z):\n    return 2 * Z + Z.sum()\n"
OTHER_LAYOUT = "# mine\n\n\ndef twice(Z):\n    # two\n    return (2 * Z) + Z.sum()\n"


def submission(student: str, twice: str) -> Submission:
    return Submission(
        student, {"twice.py": twice.encode(), "thrice.py": RIGHT.format("thrice", "3").encode()}
    )


CLASS = [
    submission("student-01", "def twice(Z):\n    return 2 * Z - Z.max()\n"),
    submission("student-02", WRONG),
    submission("student-03", OTHER_LAYOUT),
    handed_in("student-04"),
]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return small_course(tmp_path / "course")


def run(
    course: Course, out: Path, *, submissions: list[Submission] = CLASS, **options: object
) -> GradedClass:
    chosen = {"jobs": 1, "executor": Here()} | options
    return grade_class(InMemory(submissions), course, out, Options(**chosen))  # type: ignore[arg-type]  # fields by name


def kept(out: Path) -> dict[str, Repair | None]:
    """Return the repair of each student's `twice`."""
    found = (from_json(path.read_bytes()) for path in sorted((out / "results").iterdir()))
    return {one.student: {e.slug: e for e in one.exercises}["twice"].repair for one in found}


def lines(repair: Repair | None) -> list[ChangedLine]:
    return repair.change if repair else []


def test_everybody_with_equal_code_has_the_repair_at_their_own_line(course: Course, tmp_path: Path) -> None:
    outcome = run(course, tmp_path)
    found = kept(tmp_path)
    assert outcome.sought == Sought(sought=3, found=3, left=0)
    assert {name: lines(one) for name, one in found.items()} == {
        "student-01": [ChangedLine(2, "    return 2 * Z - Z.max()", "    return 2 * Z")],
        "student-02": [ChangedLine(2, "    return 2 * Z + Z.sum()", "    return 2 * Z")],
        "student-03": [ChangedLine(6, "    return 2 * Z + Z.sum()", "    return 2 * Z")],
        "student-04": [],
    }
    page = (tmp_path / "reports" / "student-03.html").read_text()
    assert "A small change is enough" in page


def test_what_most_students_have_is_searched_first_and_the_rest_on_demand(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairs, "_ALWAYS", 1)
    few = run(course, tmp_path)
    assert few.sought == Sought(sought=2, found=2, left=1)
    assert [name for name, one in kept(tmp_path).items() if one] == ["student-02", "student-03"]
    again = run(course, tmp_path)  # graded nothing, so it searches nothing
    assert (again.graded, again.sought) == (0, Sought())
    every = run(course, tmp_path, repairs="all")
    assert (every.graded, every.sought) == (0, Sought(sought=1, found=1, left=0))
    assert [name for name, one in kept(tmp_path).items() if one] == ["student-01", "student-02", "student-03"]
    assert run(course, tmp_path, repairs="all").sought == Sought()  # nothing is searched twice


def test_a_run_that_is_stopped_while_searching_is_continued_by_the_next_one(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(course, tmp_path / "whole")
    monkeypatch.setattr(Gradebook, "searched", _stopped_after(Gradebook.searched, 1))
    with pytest.raises(KeyboardInterrupt):
        run(course, tmp_path / "stopped")
    assert kept_results(tmp_path / "stopped") != kept_results(tmp_path / "whole")
    monkeypatch.undo()
    again = run(course, tmp_path / "stopped")
    assert (again.graded, again.sought) == (0, Sought(sought=1, found=1, left=0))
    assert kept_results(tmp_path / "stopped") == kept_results(tmp_path / "whole")
    assert kept(tmp_path / "stopped") == kept(tmp_path / "whole")


def _stopped_after(searched: Callable[..., None], count: int) -> Callable[..., None]:
    left = iter(range(count))

    def stopped(*args: Any, **options: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        searched(*args, **options)

    return stopped


def kept_results(out: Path) -> bytes:
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        return canonical(book)


def test_searches_are_as_many_as_gradings_allow(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairs, "_ALWAYS", 0)
    monkeypatch.setattr(repairs, "_PRICE", 5)  # the class has 8 graded exercises
    assert run(course, tmp_path).sought == Sought(sought=2, found=2, left=1)
    more = [*CLASS, handed_in("student-05")]
    assert run(course, tmp_path, submissions=more).sought == Sought(sought=1, found=1, left=0)


def test_nothing_is_searched_where_it_is_not_wanted(course: Course, tmp_path: Path) -> None:
    assert run(course, tmp_path, repairs="off").sought == Sought()
    assert set(kept(tmp_path).values()) == {None}


def test_a_helper_in_another_file_decides_whether_equal_code_has_the_repair(
    course: Course, tmp_path: Path
) -> None:
    text = "from helper import one\n\n\ndef twice(Z):\n    return 2 * one(Z) + Z.sum()\n"
    helpers = {"student-01": "return Z", "student-02": "return Z  # the same", "student-03": "return Z + 1"}
    submissions = [
        Submission(name, {"twice.py": text.encode(), "helper.py": f"def one(Z):\n    {body}\n".encode()})
        for name, body in helpers.items()
    ]
    outcome = run(course, tmp_path, submissions=submissions)
    assert outcome.sought == Sought(sought=3, found=2, left=0)
    assert [name for name, one in kept(tmp_path).items() if one] == ["student-01", "student-02"]


def test_a_repair_changes_neither_points_nor_status(course: Course, tmp_path: Path) -> None:
    run(course, tmp_path / "with")
    run(course, tmp_path / "without", repairs="off")
    assert (tmp_path / "with" / "grades.csv").read_text() == (tmp_path / "without" / "grades.csv").read_text()


@pytest.mark.parametrize(
    ("toml", "days", "told"),
    [
        ("", None, "change"),
        ("", 1, "what"),
        ("", -1, "change"),
        ('repairs = "where"', -1, "where"),
        ('repairs = "change"', 1, "change"),
        ('repairs = "off"', None, "off"),
    ],
)
def test_students_are_told_what_before_the_deadline_and_the_change_after_it(
    tmp_path: Path, toml: str, days: int | None, told: str
) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days or 0)
    deadline = f"[lessons.01_small]\ndeadline = {until.isoformat()}\n" if days else ""
    run(small_course(tmp_path / "course", f"{toml}\n{deadline}"), tmp_path / "out")
    repair = kept(tmp_path / "out")["student-02"]
    assert repair is not None
    assert (repair.told, bool(repair.change)) == (told, True)  # instructors read all of it
    page = (tmp_path / "out" / "reports" / "student-02.html").read_text()
    shown = ("Line 2" in page, "is too much" in page, "<del>" in page)
    assert (
        shown
        == {
            "off": (False, False, False),
            "where": (True, False, False),
            "what": (True, True, False),
            "change": (True, True, True),
        }[told]
    )


def test_a_page_is_written_again_when_its_students_may_be_told_more(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course", 'repairs = "where"\n')
    run(course, tmp_path / "out")
    page = tmp_path / "out" / "reports" / "student-02.html"
    assert "<del>" not in page.read_text()
    later = small_course(tmp_path / "course", 'repairs = "change"\n')
    assert run(later, tmp_path / "out").graded == 0
    assert "<del>" in page.read_text()


def test_work_that_is_graded_anew_is_searched_anew(course: Course, tmp_path: Path) -> None:
    run(course, tmp_path)
    assert run(course, tmp_path, force=True).sought == Sought(sought=3, found=3, left=0)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        (record,) = records(book, students=["student-02"])
    assert [(e.slug, e.is_searched) for e in record.result.exercises] == [("thrice", False), ("twice", True)]
