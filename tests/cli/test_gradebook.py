"""Commands for a graded class: what they say, what they refuse in one line, and the bar while it takes."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from support.courses import Done, grader
from support.handed import Here, InMemory
from support.small import author, command, handed_in, on_disk, plain_environment, small_course
from support.walls import BEST
from support.warm import shared_workers as shared_workers

from grader.classroom.grade_class import Options, grade_class
from grader.course.course import Course
from grader.exports.formats import FORMATS

pytestmark = pytest.mark.usefixtures("shared_workers")

CLASS = [handed_in("student-01"), handed_in("student-02", twice="5"), handed_in("student-10", thrice="Z")]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return small_course(tmp_path / "course")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    options = Options(jobs=1, executor=Here())
    grade_class(InMemory(CLASS), small_course(folder / "course"), folder / "out", options)
    return folder / "out"


def started(*arguments: object) -> Done:
    """Run the command in a process of its own."""
    done = subprocess.run(command(*arguments), env=plain_environment(), capture_output=True, text=True)
    return Done(done.returncode, done.stdout, done.stderr)


def test_an_instructors_day_at_the_terminal(course: Course, tmp_path: Path) -> None:
    handed = on_disk(tmp_path / "in", CLASS)
    out = tmp_path / "out"
    where = ("--out", out, "--jobs", 1, "--course", course.root)
    page = f"Class page: {out / 'index.html'}"

    first = started("grade", handed, *where)
    assert first.out.splitlines() == [
        f"3 submissions graded, sandbox level {BEST}.",
        "2 failing answers without a known cause searched; for 2 a small change helps.",
        page,
    ]
    again = grader("grade", handed, *where)
    assert again.out.splitlines()[0] == (
        f"3 submissions graded, 3 of them unchanged since the last run, sandbox level {BEST}."
    )
    one = grader("grade", handed, *where, "--only", "student-02", "--force")
    assert one.out.splitlines() == [
        f"1 submission graded, sandbox level {BEST}.",
        "1 failing answer without a known cause searched; for 1 a small change helps.",
        page,
    ]
    nobody = grader("grade", handed, *where, "--only", "student-99")
    assert (nobody.code, nobody.err) == (
        2,
        f"grader: There is no submission of student-99 in {handed}.\n",
    )

    adjusted = grader("adjust", out, "student-02", "twice", "2.5", "--reason", "Agreed.")
    assert (adjusted.out, adjusted.err) == ("student-02 now has 6.5 of 8 points.\n", "")
    assert "student-02,student-02,,4,2.5,6.5,0,8,graded" in (out / "grades.csv").read_text()
    assert "Agreed." in (out / "reports" / "student-02.html").read_text()
    until = "2026-03-01T23:59+01:00"
    extended = grader("extend", out, "student-02", "01_small", until, "--reason", "Illness.")
    assert extended.out == "student-02 now has 6.5 of 8 points.\n"
    shown = grader("show", out, "student-02", "--history").out
    assert "2.5/4" in shown
    assert "Your instructor set the points to 2.5: Agreed." in shown
    assert [line.partition("  ")[2] for line in shown.splitlines()[-3:]] == [
        f"submitted  {CLASS[1].digest}  1  ",
        "adjusted  twice  2.5  Agreed.",
        "extended  01_small  2026-03-01T23:59:00+01:00  Illness.",
    ]

    (out / "grades.csv").unlink()
    report = grader("report", out, "--jobs", 1, "--course", course.root)
    assert report.out.splitlines() == ["3 reports written.", page]
    assert (out / "grades.csv").exists()

    author(course.root, "twice", 5)
    regraded = grader("grade", handed, *where).out.splitlines()
    why = "(the exercise or the grader has changed; matches_reference failed → passed)"
    assert f"student-02  twice  failed 1/4 → passed 4/4  {why}" in regraded


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("adjust", "student-3", "twice", "1"),
            "There is no student called student-3 in this class; did you mean",
        ),
        (("adjust", "student-01", "tanh", "1"), "student-01 has no exercise called tanh; there is thrice, "),
        (("adjust", "student-01", "twice", "inf"), "POINTS is 'inf'; expected a number that is not negative"),
        (("adjust", "student-01", "twice", "two"), "POINTS is 'two'; expected a number that is not negative"),
        (("extend", "student-01", "03", "auto"), "There is no lesson called 03; there is 01_small."),
        (("extend", "student-01", "01_small", "soon"), "UNTIL is 'soon'; expected a time such as"),
        (("show", "student-x"), "There is no student called student-x in this class"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(
    graded: Path, arguments: tuple[str, ...], message: str
) -> None:
    command, *rest = arguments
    reason = () if command == "show" else ("--reason", "Why.")
    found = grader(command, graded, *rest, *reason)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"grader: {message}")
    assert found.err.count("\n") == 1


def test_a_change_without_a_reason_is_refused(graded: Path) -> None:
    found = grader("adjust", graded, "student-01", "twice", "1", "--reason", " ")
    assert found.err == "grader: --reason is empty; expected a sentence.\n"


def test_a_folder_without_a_gradebook_is_named(tmp_path: Path) -> None:
    found = grader("report", tmp_path)
    assert found.err == f"grader: {tmp_path} is no graded class: it has no gradebook.db.\n"


def test_an_export_holds_the_lesson_and_the_student_that_were_asked_for(graded: Path, tmp_path: Path) -> None:
    target = tmp_path / "grades.csv"
    where = ("--format", "csv", "--to", target, "--lesson", "01", "--student", "student-02")
    found = grader("export", graded, *where)
    assert (found.out, found.err) == (f"Written: {target}\n", "")
    head = "student,name,id,thrice,twice,total,open,max_points,status"
    assert target.read_text().splitlines() == [head, "student-02,,,4,1,5,0,8,graded"]
    other = grader("export", graded, *where[:-2], "--lesson", "07")
    assert other.err == "grader: Nobody has an exercise of a lesson called 07.\n"


def at_a_terminal(*words: object) -> str:
    """Run a command with a terminal for its errors; return what it showed there."""
    ours, theirs = pty.openpty()
    environment = plain_environment() | {"GRADER_SEED": "5", "TERM": "xterm", "COLUMNS": "100"}
    run = subprocess.Popen(command(*words), env=environment, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    with os.fdopen(ours, "rb", buffering=0) as terminal, suppress(OSError):  # how a terminal's end is told
        while part := terminal.read(4096):
            shown += part
    assert run.wait() == 0
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())


@pytest.mark.parametrize(
    ("words", "bars"),
    [
        (("report",), ["pages"]),
        (("adjust", "student-01", "twice", "1", "--reason", "Why."), ["pages"]),
        (("export", "--format", "csv", "--to", "grades.csv"), ["students"]),
        (("grade",), ["grade", "repairs", "pages"]),
    ],
)
def test_what_takes_long_moves_a_bar_at_the_terminal(
    graded: Path, course: Course, tmp_path: Path, words: tuple[str, ...], bars: list[str]
) -> None:
    name, *rest = words
    rest = [str(tmp_path / word) if word.endswith(".csv") else word for word in rest]
    if name == "grade":
        handed = on_disk(tmp_path / "in", CLASS)
        shown = at_a_terminal(name, handed, "--out", tmp_path / "new", "--course", course.root)
    else:
        where = ("--course", course.root) if name == "report" else ()
        shown = at_a_terminal(name, graded, *rest, *where)
    full = re.findall(r"(\w+) +━+ +(\d+)/\2\b", shown)
    assert {name for name, _ in full} == set(bars)


def test_an_export_that_reaches_nobody_is_an_error_and_writes_nothing(graded: Path, tmp_path: Path) -> None:
    found = grader("export", graded, "--format", "moodle-feedback", "--to", tmp_path / "feedback.zip")
    missing = "Nobody in this class has one participant number of Moodle; give --download."
    assert (found.code, found.out, found.err) == (2, "", f"grader: {missing}\n")
    assert list(tmp_path.iterdir()) == []


def test_an_export_says_who_is_left_out(graded: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Identifier,Full name,ID number,Grade\nParticipant 1,student-01,,\n")
    found = grader("export", graded, "--format", "moodle", "--template", sheet, "--to", tmp_path / "new.csv")
    assert found.out.splitlines() == [
        *(f"{one.student} is not in sheet.csv, or cannot be told for certain." for one in CLASS[1:]),
        f"Written: {tmp_path / 'new.csv'}",
    ]


def test_the_help_names_every_format() -> None:
    said = "".join(re.findall(r"[\w{},.-]+", grader("export", "--help").out))
    assert [name for name in FORMATS if not name.endswith("-feedback") and f"{name}," not in said] == []
    assert "{canvas,moodle}-feedback." in said


def test_a_table_on_standard_output_stands_alone(graded: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Identifier,Full name,Grade\nParticipant 1,student-10,\n")
    found = grader("export", graded, "--format", "moodle", "--template", sheet, "--to", "-")
    assert (found.code, found.out) == (0, "Identifier,Full name,Grade\nParticipant 1,student-10,5\n")
    assert found.err.splitlines() == [
        f"{one.student} is not in sheet.csv, or cannot be told for certain." for one in CLASS[:2]
    ]
