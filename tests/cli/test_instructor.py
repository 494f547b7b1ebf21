"""Instructors grade a class: what is written, what is said, what cannot be done."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from support.courses import Done, course, damage, right, run, student, wrong
from support.walls import BEST

WARNING = "Hidden cases come from the development seed; set GRADER_SEED for a real class.\n"


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """Two submissions: a folder and a file."""
    folder = tmp_path / "handed-in"
    (folder / "student-01").mkdir(parents=True)
    (folder / "student-01" / "twice.py").write_bytes(right("twice"))
    (folder / "student-02.py").write_bytes(wrong("twice"))
    return folder


def said(out: str, *, count: str = "2 submissions", needs: str = "") -> str:
    return f"{count} graded, sandbox level {BEST}.\n{needs}Class page: {out}/index.html\n"


def table(out: Path) -> list[list[str]]:
    return list(csv.reader((out / "grades.csv").read_text(encoding="utf-8").splitlines()))


def test_a_class_has_results_reports_a_table_and_a_page(tmp_path: Path, handed_in: Path) -> None:
    course(tmp_path)
    done = run("grade", handed_in, "--out", "out", cwd=tmp_path, GRADER_SEED="5")
    assert done == Done(0, said("out"), "")
    out = tmp_path / "out"
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()) == [
        "exercises/again.html",
        "exercises/twice.html",
        "gradebook.db",
        "grades.csv",
        "index.html",
        "instructor/student-01.html",
        "instructor/student-02.html",
        "reports/student-01.html",
        "reports/student-02.html",
        "results/student-01.json",
        "results/student-02.json",
    ]
    assert table(out) == [
        [
            "student",
            "name",
            "id",
            "twice",
            "again",
            "01_small",
            "02_small",
            "total",
            "open",
            "max_points",
            "status",
        ],
        ["student-01", "student-01", "", "5", "0", "5", "0", "5", "0", "10", "graded"],
        ["student-02", "student-02", "", "2", "0", "2", "0", "2", "0", "10", "graded"],
    ]


def test_the_development_seed_is_said_loudly(tmp_path: Path, handed_in: Path) -> None:
    done = run("grade", handed_in, "--out", "out", cwd=course(tmp_path))
    assert done == Done(0, said("out"), WARNING)


def test_a_bundle_has_no_hidden_cases_to_warn_of(tmp_path: Path, handed_in: Path) -> None:
    assert run("grade", handed_in, "--out", "out", cwd=student(tmp_path)) == Done(0, said("out"), "")


def test_one_lesson_is_graded_alone(tmp_path: Path, handed_in: Path) -> None:
    argv = ["grade", handed_in, "--out", "out", "--lesson", "02"]
    needs = "Needs you: no points: student-01, student-02.\n"
    assert run(*argv, cwd=student(tmp_path)) == Done(0, said("out", needs=needs), "")
    assert table(tmp_path / "out")[0] == [
        "student",
        "name",
        "id",
        "again",
        "total",
        "open",
        "max_points",
        "status",
    ]


def test_notes_of_the_intake_name_the_student(tmp_path: Path, handed_in: Path) -> None:
    (handed_in / "student-01" / "conftest.py").touch()
    note = "student-01: conftest.py was left out: graders never run a submission's test set-up.\n"
    done = run("grade", handed_in, "--out", "out", cwd=student(tmp_path))
    assert done == Done(0, note + said("out"), "")


def test_a_fault_of_the_grader_names_the_students_and_exits_with_2(tmp_path: Path, handed_in: Path) -> None:
    damage(student(tmp_path))
    loud = (
        "The grader itself failed on student-01 and student-02: their points are open. "
        "The same command grades them again.\n"
    )
    assert run("grade", handed_in, "--out", "out", cwd=tmp_path) == Done(2, said("out") + loud, "")


@pytest.mark.parametrize(
    "name",
    [
        b"M\xfcller",  # no UTF-8
        "я".encode() * 120,  # too long once it is quoted
        b"=1+1",
        b"-a\nb",
        b"[red]x[/]",
        b"a?b:c*",
    ],
)
def test_an_awkward_name_is_graded_like_any_other(tmp_path: Path, name: bytes) -> None:
    folder = os.fsencode(tmp_path / "handed-in")
    os.makedirs(os.path.join(folder, name))  # noqa: PTH103, PTH118  # a Path holds no bytes
    with open(os.path.join(folder, name, b"tw\xffice.py"), "wb") as stream:  # noqa: PTH118, PTH123  # likewise
        stream.write(right("twice"))
    done = run("grade", "handed-in", "--out", "out", cwd=student(tmp_path))
    assert done == Done(0, said("out", count="1 submission"), "")
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 1


LAYOUTS = "one subfolder, archive, notebook or .py a student"
INSIDE = "lies in handed-in, where it would be graded too; choose another folder."
REFUSED = {
    "nope --out out": f"nope does not exist; expected a folder or an archive with {LAYOUTS}.",
    "a-file --out out": f"a-file is no folder and no zip or tar; expected {LAYOUTS}.",
    "empty --out out": f"empty holds no submission; expected {LAYOUTS}.",
    "handed-in --out handed-in/out": f"handed-in/out {INSIDE}",
    "handed-in --out handed-in": f"handed-in {INSIDE}",
    "handed-in --out a-file": "a-file cannot be used: File exists.",
    "handed-in --out /proc/out": "/proc/out cannot be used: No such file or directory.",
    "handed-in --out out --lesson 9": "There is no exercise in lesson 9 in exercises/.",
    "handed-in --out out --sandbox Z": "There is no sandbox level Z; there are A, B, C, limits, none.",
    "handed-in --out out --course empty": (
        "empty is no course: it has neither reference/ nor exercises/index.json."
    ),
}


@pytest.mark.parametrize("words", REFUSED)
def test_wrong_use_exits_with_2_and_one_line(tmp_path: Path, handed_in: Path, words: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a-file").touch()
    done = run("grade", *words.split(), cwd=student(tmp_path))
    assert done == Done(2, "", f"grader: {REFUSED[words]}\n")


def test_a_folder_and_a_file_of_one_name_are_two_submissions(tmp_path: Path, handed_in: Path) -> None:
    (handed_in / "student-01.py").write_bytes(wrong("twice"))
    done = run("grade", handed_in, "--out", "out", cwd=student(tmp_path))
    names = sorted(path.name for path in (tmp_path / "out" / "reports").iterdir())
    assert (done.code, names) == (0, ["student-01.html", "student-01.py.html", "student-02.html"])


def test_a_seed_that_is_no_number_exits_with_2(tmp_path: Path, handed_in: Path) -> None:
    course(tmp_path)
    sentence = "grader: GRADER_SEED is 'secret'; expected a whole number of digits alone.\n"
    assert run("grade", handed_in, "--out", "o", cwd=tmp_path, GRADER_SEED="secret") == Done(2, "", sentence)
