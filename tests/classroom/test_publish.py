"""The pages of a class are those of its gradebook; only what is stale is written, and nobody is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.attempts import hand_in

from grader.classroom.publish import publish
from grader.course.policy import policy
from grader.errors import GraderError
from grader.gradebook import Gradebook

STUDENTS = ["student-01", "student-02", "student-10"]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    """A class of three with 14, 15 and 16 of 20 points."""
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as one:
        for points, student in enumerate(STUDENTS, 4):
            hand_in(one, student, "one", 10, points)
        yield one


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def written(out: Path) -> dict[str, int]:
    """Return when each report was written."""
    return {path.stem: path.stat().st_mtime_ns for path in out.glob("reports/*.html")}


def test_everything_is_written_and_told(book: Gradebook, out: Path) -> None:
    moved: list[tuple[int, int]] = []
    seen = publish(book, out, moved=lambda done, total: moved.append((done, total)))
    assert [(row.student, row.points) for row in seen.rows] == list(zip(STUDENTS, (14, 15, 16), strict=True))
    assert moved == [(1, 3), (2, 3), (3, 3)]
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()) == [
        *("exercises/relu.html", "exercises/tanh.html", "grades.csv", "index.html"),
        *(f"instructor/{student}.html" for student in STUDENTS),
        *(f"reports/{student}.html" for student in STUDENTS),
        *(f"results/{student}.json" for student in STUDENTS),
    ]


def test_only_a_page_that_would_be_another_is_written_again(book: Gradebook, out: Path) -> None:
    publish(book, out)
    first = written(out)
    assert (publish(book, out).rows[0].points, written(out)) == (14, first)
    book.adjust("student-02", "relu", 9, reason="The axis was not stated.")
    publish(book, out)
    second = written(out)
    assert [student for student in STUDENTS if second[student] != first[student]] == ["student-02"]
    assert "The axis was not stated." in (out / "reports" / "student-02.html").read_text()
    book.set_policy(policy({"title": "Another"}))
    publish(book, out)
    assert [student for student in STUDENTS if written(out)[student] != second[student]] == STUDENTS


def test_everything_that_is_asked_for_is_written_though_nothing_is_stale(book: Gradebook, out: Path) -> None:
    publish(book, out)
    first = written(out)
    publish(book, out, everything=True)
    assert [student for student in STUDENTS if written(out)[student] == first[student]] == []


def test_a_page_of_other_code_is_stale(book: Gradebook, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(book, out)
    stamps = book.stamps()
    monkeypatch.setattr("grader.classroom.publish.page_code", lambda: "another version")
    publish(book, out)
    assert [student for student in STUDENTS if book.stamps()[student] == stamps[student]] == []


@pytest.mark.parametrize("together", [1, 2, 3, 100])
def test_pages_that_are_noted_together_leave_nobody_out(
    book: Gradebook, out: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr("grader.classroom.publish._TOGETHER", together)
    publish(book, out)
    assert sorted(book.stamps()) == STUDENTS


def test_a_page_that_was_deleted_is_written_again(book: Gradebook, out: Path) -> None:
    publish(book, out)
    page = out / "reports" / "student-01.html"
    before = page.read_bytes()
    page.unlink()
    publish(book, out)
    assert page.read_bytes() == before


@pytest.mark.parametrize("few", [20, 0], ids=["here", "in a process"])
def test_a_page_that_cannot_be_made_is_named(
    book: Gradebook, out: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("grader.classroom.publish._FEW", few)
    (out / "instructor" / "student-01.html").mkdir(parents=True)  # which no file can replace
    with pytest.raises(
        GraderError,
        match=r"^The page of student-01 cannot be written: \S+student-01\.html: Is a directory\.$",
    ):
        publish(book, out, jobs=1)


def test_a_regrade_that_changed_points_is_in_the_table_of_changes(book: Gradebook, out: Path) -> None:
    hand_in(book, "student-02", "one", 10, 10)
    publish(book, out)
    head, row = (out / "changes.csv").read_text().splitlines()
    assert head == "when,student,exercise,before,after,why"
    assert row.partition(",")[2] == (
        "student-02,relu,failed 5/10,passed 10/10,graded again on demand; relu failed → passed"
    )
