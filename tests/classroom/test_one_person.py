"""Two homeworks of one term: a roster makes one student of two participant numbers, and loses nothing."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from support.courses import Done, right, run, student, wrong
from support.walls import BEST

ROSTER = "name,id,email\nGiven Family,m771,given@example.org\nOther Person,m772,other@example.org\n"
FIRST = {"Given Family_101": right("twice"), "Other Person_102": wrong("twice")}
SECOND = {"Given Family_205": right("again"), "Other Person_207": wrong("again")}
DOUBT = (
    "Equal names under different numbers: Given Family_101 and Given Family_205, Other Person_102 and Other "
    "Person_207. Moodle numbers students anew in each assignment: to count each student once, grade each "
    "download again with --roster; nothing is graded anew.\n"
)


def download(path: Path, slug: str, files: dict[str, bytes]) -> Path:
    """Write a download of Moodle."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}_assignsubmission_file_/{slug}.py", data)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course of two lessons, their downloads and a roster."""
    download(tmp_path / "first.zip", "twice", FIRST)
    download(tmp_path / "second.zip", "again", SECOND)
    (tmp_path / "roster.csv").write_text(ROSTER)
    return student(tmp_path)


def grade(root: Path, name: str, *rest: str) -> Done:
    lesson = {"first": "01", "second": "02"}[name]
    return run("grade", f"{name}.zip", "--out", "out", "--lesson", lesson, *rest, cwd=root)


def said(count: int = 2, unchanged: int = 0) -> str:
    kept = f", {unchanged} of them unchanged since the last run" if unchanged else ""
    return f"{count} submissions graded{kept}, sandbox level {BEST}.\nClass page: out/index.html\n"


def grades(root: Path) -> list[list[str]]:
    return list(csv.reader((root / "out" / "grades.csv").read_text(encoding="utf-8").splitlines()))


def pages(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "out" / "reports").iterdir())


def test_two_participant_numbers_with_one_id_are_one_student(root: Path) -> None:
    assert grade(root, "first", "--roster", "roster.csv") == Done(0, said(), "")
    assert grade(root, "second", "--roster", "roster.csv") == Done(0, said(), "")
    assert [row[0] for row in grades(root)] == ["student", "Given Family_101", "Other Person_102"]
    shown = run("show", "out", "m772", cwd=root)
    assert (shown.out.splitlines()[0], shown.out.splitlines()[-1]) == (
        "This is Other Person_102.",
        "4 of 10 points",
    )
    assert pages(root) == ["Given Family_101.html", "Other Person_102.html"]


def test_without_a_roster_both_are_kept_and_the_doubt_is_said_until_one_is_given(root: Path) -> None:
    assert grade(root, "first") == Done(0, said(), "")
    assert grade(root, "second") == Done(0, DOUBT + said(), "")
    assert len(grades(root)) == 5
    strangers = "Needs you: not in the roster: Given Family_205, Other Person_207.\n"
    with_strangers = said(unchanged=2).replace("Class page:", f"{strangers}Class page:")
    assert grade(root, "first", "--roster", "roster.csv") == Done(0, DOUBT + with_strangers, "")
    assert grade(root, "second", "--roster", "roster.csv") == Done(0, said(unchanged=2), "")
    assert [row[0] for row in grades(root)] == ["student", "Given Family_101", "Other Person_102"]
    assert pages(root) == ["Given Family_101.html", "Other Person_102.html"]


def test_a_roster_that_is_corrected_separates_again_whom_a_wrong_one_joined(root: Path) -> None:
    grade(root, "first", "--roster", "roster.csv")
    (root / "roster.csv").write_text("name,id\nGiven Family,m772\nOther Person,m771\n")
    grade(root, "second", "--roster", "roster.csv")
    wrongly = [row[-4:-2] for row in grades(root)]
    (root / "roster.csv").write_text(ROSTER)
    grade(root, "second", "--roster", "roster.csv")
    assert wrongly == [["total", "open"], ["7", "0"], ["7", "0"]]
    assert [row[-4:-2] for row in grades(root)] == [["total", "open"], ["10", "0"], ["4", "0"]]


def test_points_time_and_history_are_the_persons_under_any_name(root: Path) -> None:
    grade(root, "first")
    grade(root, "second")
    adjust = ("adjust", "out", "Given Family_205", "again")
    assert (
        run(*adjust, "4", "--reason", "Late idea.", cwd=root).out
        == "Given Family_205 now has 4 of 5 points.\n"
    )
    for name in ("first", "second"):
        grade(root, name, "--roster", "roster.csv")
    assert run("show", "out", "m771", cwd=root).out.endswith("9 of 10 points\n")
    adjust = ("adjust", "out", "given", "again")
    assert (
        run(*adjust, "auto", "--reason", "No.", cwd=root).out == "Given Family_101 now has 10 of 10 points.\n"
    )
    history = run("show", "out", "given", "--history", cwd=root).out
    assert [line.split("  ")[1:3] for line in history.splitlines() if "  adjusted  " in line] == [
        ["adjusted", "again"],
        ["adjusted", "again"],
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("e", "e may be Given Family_101, Other Person_102; say which one."),
        (
            "Given Famil3",
            "There is no student called Given Famil3 in this class; did you mean Given Family_101?",
        ),
        ("Nobody", "There is no student called Nobody in this class."),
    ],
)
def test_nobodys_points_are_changed_by_an_unclear_name(root: Path, text: str, sentence: str) -> None:
    grade(root, "first", "--roster", "roster.csv")
    done = run("adjust", "out", text, "twice", "1", "--reason", "Why.", cwd=root)
    assert done == Done(2, "", f"grader: {sentence}\n")


def test_a_mistyped_name_shows_the_only_student_it_is_like(root: Path) -> None:
    grade(root, "first", "--roster", "roster.csv")
    assert run("show", "out", "Given Famil3", cwd=root).out.startswith("This is Given Family_101.\n")


@pytest.mark.parametrize("text", ["m771", "Family, Given", "given", "Given Family_205", "205"])
def test_only_takes_an_id_or_a_part_of_a_name(root: Path, text: str) -> None:
    done = grade(root, "second", "--roster", "roster.csv", "--only", text)
    assert done.out.startswith("1 submission graded")
    assert [row[0] for row in grades(root)] == ["student", "Given Family_205"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("e", "--only e may be Given Family_205, Other Person_207; say which one."),
        (
            "Given Famil3",
            "There is no submission of Given Famil3 in second.zip; did you mean Given Family_205?",
        ),
        ("Nobody", "There is no submission of Nobody in second.zip."),
    ],
)
def test_only_refuses_an_unclear_name_with_suggestions(root: Path, text: str, sentence: str) -> None:
    assert grade(root, "second", "--only", text) == Done(2, "", f"grader: {sentence}\n")


def test_the_worksheet_of_each_homework_finds_everybody(root: Path) -> None:
    for name in ("first", "second"):
        grade(root, name, "--roster", "roster.csv")
    for lesson, numbers, points in (("01", (101, 102), ("5", "2")), ("02", (205, 207), ("5", "2"))):
        rows = [
            f"Participant {n},{who},,5"
            for n, who in zip(numbers, ("Given Family", "Other Person"), strict=True)
        ]
        sheet = "\n".join(["Identifier,Full name,Grade,Maximum Grade", *rows])
        (root / "sheet.csv").write_text(sheet + "\n")
        export = ("export", "out", "--format", "moodle", "--lesson", lesson, "--template", "sheet.csv")
        assert run(*export, "--to", "filled.csv", cwd=root) == Done(0, "Written: filled.csv\n", "")
        filled = list(csv.reader((root / "filled.csv").read_text().splitlines()))
        assert tuple(row[2] for row in filled[1:]) == points
