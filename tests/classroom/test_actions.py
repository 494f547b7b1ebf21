"""What an instructor does with a graded class: whose policy holds, who is left out, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.courses import Done, run
from support.handed import Here, InMemory
from support.small import author, handed_in, small_course

from grader.classroom.grade_class import Options, grade_class
from grader.course.course import find
from grader.gradebook import Gradebook
from grader.submissions import Submission

LATE = "[late]\npercent_per_day = 10\n[lessons.01_small]\ndeadline = 2026-03-01T00:00:00Z\n"
TOML = f'title = "Small"\n{LATE}'


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a course of two lessons, and two students: `a` has both, `b` the first alone."""
    root = tmp_path_factory.mktemp("graded")
    small_course(root / "course", TOML)
    author(root / "course", "fourfold", 4, lesson="02_more")
    grade(root, handed_in("a", submitted="2026-03-02T12:00:00Z"), lesson="")
    grade(root, handed_in("b", twice="5"), lesson="01")
    return root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(graded, tmp_path / "root")


def grade(root: Path, *submissions: Submission, lesson: str) -> None:
    how = Options(jobs=1, lesson=lesson, executor=Here())
    grade_class(InMemory(submissions), find(root / "course"), root / "out", how)


def refused(sentence: str) -> Done:
    return Done(2, "", f"grader: {sentence}\n")


def title(out: Path) -> str:
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        return book.policy().title


def test_another_courses_policy_never_takes_the_place_of_the_classs(root: Path) -> None:
    other = root / "other"
    author(other, "twice", 2, lesson="09_other")
    (other / "reference" / "course.toml").write_text('title = "Other"\n')
    before = (root / "out" / "grades.csv").read_bytes()
    assert run("report", root / "out", cwd=other) == refused(
        f"The course in {other} has no lesson of this class (01_small and 02_more); "
        "name the right one by --course."
    )
    assert ((root / "out" / "grades.csv").read_bytes(), title(root / "out")) == (before, "Small")


def test_a_policy_that_has_changed_is_said(root: Path) -> None:
    (root / "course" / "reference" / "course.toml").write_text('title = "Smaller"\n')
    done = "2 reports written.\nClass page: out/index.html\n"
    for said in ("course.toml has changed since the last run: title, late, lessons.\n", ""):
        assert run("report", "out", "--jobs", "1", "--course", "course", cwd=root) == Done(0, said + done, "")
    assert title(root / "out") == "Smaller"


def test_a_renumbered_lesson_is_carried_over_and_said(root: Path) -> None:
    reference = root / "course" / "reference"
    (reference / "02_more").rename(reference / "03_more")
    toml = reference / "course.toml"
    toml.write_text(toml.read_text().replace("02_more", "03_more"))
    report = ("report", "out", "--jobs", "1", "--course", "course")
    said = "The gradebook's lesson 02_more is 03_more now.\n"
    done = "2 reports written.\nClass page: out/index.html\n"
    first, *_ = found = [run(*report, cwd=root) for _ in range(2)]
    assert [one.code for one in found] == [0, 0]
    assert (first.out.startswith(said), found[1].out) == (True, done)
    assert "3_more" in run("export", "out", "--format", "json", "--to", "-", cwd=root).out


def test_no_exercise_gets_more_points_than_it_has(root: Path) -> None:
    adjust = ("adjust", "out", "b", "twice")
    found = [run(*adjust, points, "--reason", "Why.", cwd=root) for points in ("1e3", "4.01", "4")]
    assert found == [
        refused("POINTS is 1e3; twice has 4 points at most."),
        refused("POINTS is 4.01; twice has 4 points at most."),
        Done(0, "b now has 8 of 8 points.\n", ""),
    ]


def test_one_student_without_the_lesson_keeps_nobody_from_an_export(root: Path) -> None:
    export = ("export", "out", "--format", "csv", "--to", "all.csv", "--lesson")
    said = "b has no exercise of a lesson called 02.\nWritten: all.csv\n"
    assert run(*export, "02", cwd=root) == Done(0, said, "")
    assert (root / "all.csv").read_text().splitlines() == [
        "student,name,id,fourfold,total,open,max_points,status",
        "a,,,0,0,0,4,graded",
    ]


def test_a_lesson_that_nobody_has_is_no_export(root: Path) -> None:
    export = ("export", "out", "--to", "all.csv", "--format")
    found = [
        run(*export, "csv", "--lesson", "07", cwd=root),
        run(*export, "gradescope", "--lesson", "02", "--student", "b", cwd=root),
    ]
    assert found == [
        refused("Nobody has an exercise of a lesson called 07."),
        refused("b has no exercise of a lesson called 02."),
    ]
    assert not (root / "all.csv").exists()


def test_an_extension_takes_the_lesson_by_its_beginning(root: Path) -> None:
    rest = ("2026-03-08T00:00:00+00:00", "--reason", "Illness.")
    author(root / "course", "fivefold", 5, lesson="01_smaller")
    grade(root, handed_in("c"), lesson="")
    found = [
        run("extend", "out", *who, *rest, cwd=root) for who in (("a", "01"), ("c", "01"), ("c", "01_small"))
    ]
    assert found == [
        Done(0, "a now has 8 of 12 points.\n", ""),
        refused("01 begins 01_small and 01_smaller; say which one."),
        Done(0, "c now has 8 of 16 points.\n", ""),
    ]
    with Gradebook(f"sqlite:///{root / 'out' / 'gradebook.db'}") as book:
        assert [(e.student, e.subject) for e in book.history(event="extended")] == [
            ("a", "01_small"),
            ("c", "01_small"),
        ]


def test_a_student_reads_the_new_deadline_and_its_reason_once_a_lesson(root: Path) -> None:
    until = "2026-03-08T23:59:00+01:00"
    sentence = "Your instructor set your deadline for Small to 8 March 2026, 23:59 UTC+01:00: Illness."
    page, history = root / "out" / "reports" / "a.html", f"extended  01_small  {until}  Illness.\n"
    assert run("extend", "out", "a", "01", until, "--reason", "Illness.", cwd=root).code == 0
    assert page.read_text().count(sentence) == 1
    shown = run("show", "out", "a", "--history", cwd=root).out
    assert (shown.count(sentence), shown.endswith(history)) == (1, True)
    run("extend", "out", "a", "01", until, "--reason", "Travel.", cwd=root)
    assert ("Travel." in page.read_text(), "Illness." in page.read_text()) == (True, False)
    run("extend", "out", "a", "01", "auto", "--reason", "Back early.", cwd=root)
    assert "your deadline" not in page.read_text()


def test_one_score_is_written_in_one_way_wherever_it_is_read(root: Path) -> None:
    adjust = ("adjust", "out", "a", "fourfold", "2.9375", "--reason", "Nearly.")
    assert run(*adjust, cwd=root).out == "a now has 9.34 of 12 points.\n"
    assert run("show", "out", "a", cwd=root).out.endswith("9.34 of 12 points\n")
    assert "<b>9.34</b> of 12 points" in (root / "out" / "reports" / "a.html").read_text()
    assert "<td>9.34 <span" in (root / "out" / "index.html").read_text()
    assert (root / "out" / "grades.csv").read_text().splitlines()[
        1
    ] == "a,,,3.2,3.2,2.9375,6.4,2.9375,9.3375,0,12,graded"


def test_the_default_column_is_the_lesson_that_is_exported(root: Path) -> None:
    export = ("export", "out", "--format", "canvas", "--to", "up.csv")
    found = []
    for more in (("--lesson", "02"), (), ("--lesson", "01", "--column", "Homework")):
        assert run(*export, *more, cwd=root).code == 0
        found.append((root / "up.csv").read_text().splitlines()[0].rpartition(",")[2])
    assert found == ["More", "Small", "Homework"]
