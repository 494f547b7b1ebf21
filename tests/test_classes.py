"""A class is graded again only where something changed, and every page follows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from courses import author, right, student, wrong

from grader.classes import grade_class
from grader.collect import Submission
from grader.course import find
from grader.errors import SandboxError
from grader.results import Result, from_json
from grader.store import table
from grader.task import Task

ONE = Submission("student-01", {"twice.py": right("twice")})
TWO = Submission("student-02", {"twice.py": wrong("twice")}, ("A note.",))


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    return find(student(tmp_path / "course")).tasks()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def graded(
    submissions: Sequence[Submission], tasks: Sequence[Task], out: Path, *, force: bool = False
) -> tuple[list[Result], list[str]]:
    """Return the results, and the students in the order in which they were done."""
    done: list[str] = []
    results = grade_class(
        submissions, tasks, out, title="Course", force=force, done=lambda r: done.append(r.student)
    )
    return results, done


def mark(out: Path, name: str) -> bytes:
    """Change the stored result, so that it shows whether it was kept; return what stands there now."""
    path = out / "results" / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b'"duration_s": ', b'"duration_s": 9'))
    return path.read_bytes()


def kept(out: Path, name: str, data: bytes) -> bool:
    return (out / "results" / f"{name}.json").read_bytes() == data


def test_each_result_is_on_disk_when_it_is_done(tasks: list[Task], out: Path) -> None:
    seen: list[Result] = []

    def done(result: Result) -> None:
        seen.append(from_json((out / "results" / f"{result.student}.json").read_bytes()))
        assert not (out / "index.html").exists()

    results = grade_class([TWO, ONE], tasks, out, title="Course", done=done)
    assert results == seen
    assert [(r.student, r.points, r.notes, r.sandbox) for r in results] == [
        ("student-02", 2, ["A note."], "limits"),
        ("student-01", 5, [], "limits"),
    ]
    assert (out / "grades.csv").read_text() == table(results)
    assert "student-02" in (out / "index.html").read_text(encoding="utf-8")


def test_what_is_unchanged_is_kept_in_its_place(tasks: list[Task], out: Path) -> None:
    graded([ONE], tasks, out)
    data = mark(out, "student-01")
    results, done = graded([TWO, ONE], tasks, out)
    assert kept(out, "student-01", data)
    assert [r.student for r in results] == ["student-02", "student-01"]
    assert done == ["student-01", "student-02"]
    assert graded([TWO, ONE], tasks, out)[0] == results
    assert (out / "grades.csv").read_text() == table(results)


def test_a_changed_submission_is_graded_again(tasks: list[Task], out: Path) -> None:
    graded([ONE, TWO], tasks, out)
    data = mark(out, "student-02")
    results, _ = graded([Submission("student-01", TWO.files), TWO], tasks, out)
    assert [r.points for r in results] == [2, 2]
    assert kept(out, "student-02", data)


def test_another_seed_is_another_suite_and_all_are_graded_again(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = find(author(tmp_path / "author"))
    monkeypatch.setenv("GRADER_SEED", "1")
    graded([ONE], here.tasks(), out)
    data = mark(out, "student-01")
    graded([ONE], here.tasks(), out)
    assert kept(out, "student-01", data)
    monkeypatch.setenv("GRADER_SEED", "2")
    graded([ONE], here.tasks(), out)
    assert not kept(out, "student-01", data)


def test_other_exercises_are_another_suite(tasks: list[Task], out: Path) -> None:
    graded([ONE], tasks[:1], out)
    data = mark(out, "student-01")
    (result,), _ = graded([ONE], tasks, out)
    assert [e.slug for e in result.exercises] == ["twice", "again"]
    assert not kept(out, "student-01", data)


def test_another_version_of_the_grader_is_another_suite(
    tasks: list[Task], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded([ONE], tasks, out)
    data = mark(out, "student-01")
    monkeypatch.setattr("grader.classes.version", lambda _: "0.0.0")
    graded([ONE], tasks, out)
    assert not kept(out, "student-01", data)


def test_a_result_of_another_sandbox_is_not_kept(tasks: list[Task], out: Path) -> None:
    (result,), _ = graded([ONE], tasks, out)
    path = out / "results" / "student-01.json"
    path.write_bytes(path.read_bytes().replace(b'"sandbox": "limits"', b'"sandbox": "none"'))
    assert graded([ONE], tasks, out)[0][0].sandbox == result.sandbox == "limits"


@pytest.mark.parametrize("data", [b"", b"{", b'{"schema": 1}', b"\xff\xfe"])
def test_a_damaged_result_is_graded_anew(tasks: list[Task], out: Path, data: bytes) -> None:
    graded([ONE], tasks, out)
    path = out / "results" / "student-01.json"
    path.write_bytes(data)
    results, _ = graded([ONE], tasks, out)
    assert [from_json(path.read_bytes())] == results
    assert results[0].points == 5


def test_a_lost_report_is_written_again(tasks: list[Task], out: Path) -> None:
    graded([ONE], tasks, out)
    report = out / "reports" / "student-01.html"
    report.unlink()
    graded([ONE], tasks, out)
    assert report.is_file()


def test_force_grades_what_is_unchanged(tasks: list[Task], out: Path) -> None:
    graded([ONE], tasks, out)
    data = mark(out, "student-01")
    graded([ONE], tasks, out, force=True)
    assert not kept(out, "student-01", data)


def test_a_level_that_cannot_be_had_grades_nobody(tasks: list[Task], out: Path) -> None:
    with pytest.raises(SandboxError):
        grade_class([ONE], tasks, out, title="", level="magic")
    assert [p for p in out.rglob("*") if p.is_file()] == []


def test_a_class_of_nobody_has_an_empty_page(tasks: list[Task], out: Path) -> None:
    assert graded([], tasks, out) == ([], [])
    assert (out / "grades.csv").read_text() == "student,total,status\n"
