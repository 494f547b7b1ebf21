"""Students check their files: outputs and exit codes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console
from support.courses import Done, author, damage, right, run, student, wrong

from grader.cli import console
from grader.cli import student as student_commands
from grader.results import from_json

PARTIAL = """\
◐ twice  Partial  2/5
    Likely cause: Twice a number is 2 * Z; Z ** 2 is its square.
    ✗ Matches the reference values  0/3
        You returned 4.973; expected −4.46.
        called with:  twice(np.array(-2.23))
        you returned: 4.973
        expected:     −4.46
    Stuck? Run: grader hint twice
"""
UNDECIDED = """\
! twice  Undecided  4/5
    The grader itself failed here. The open points are decided when this is graded again.
    ! The output has the shape of the input  0/1
        The grader itself failed here: TypeError: 'str' object cannot be interpreted as an integer

4 of 5 points, 1 open
"""
CHECKS = """\
    ✓ The output has the shape of the input  1/1
    ✓ Leaves its arguments unchanged  1/1
    ✓ Matches the reference values  3/3
"""


def unstarted(slug: str) -> str:
    sentence = (
        f"{slug} is still the stub that was handed out. Replace `raise NotImplementedError` by your code."
    )
    return f"○ {slug}  Not started  0/5\n    {sentence}\n"


def missing(slug: str) -> str:
    sentence = f"No file defines {slug}. Write `def {slug}(…)` at the left margin, spelt exactly so."
    return f"○ {slug}  Not found  0/5\n    {sentence}\n"


def passed(slug: str) -> str:
    return f"✓ {slug}  Passed  5/5\n"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return student(tmp_path)


@pytest.fixture
def files(bundle: Path) -> Path:
    """A folder of a student's own beside the bundle: twice.py is wrong, net.py holds a right again."""
    folder = bundle / "mine"
    folder.mkdir()
    (folder / "twice.py").write_bytes(wrong("twice"))
    (folder / "net.py").write_bytes(right("again"))
    return folder


LEFT = "1 other exercise of the course is not in these files.\n"


def test_stubs_are_counted_and_exit_with_1(bundle: Path) -> None:
    said = "2 exercises are not started yet; the next is twice.\n\n0 of 10 points\n"
    assert run("check", cwd=bundle) == Done(1, said, "")


@pytest.mark.parametrize("argv", [["twice", "again"], ["--all"]])
def test_stubs_that_are_asked_for_are_each_told(bundle: Path, argv: list[str]) -> None:
    said = f"{unstarted('twice')}{unstarted('again')}\n0 of 10 points\n"
    assert run("check", *argv, cwd=bundle) == Done(1, said, "")


def test_one_stub_that_is_left_is_the_next(bundle: Path) -> None:
    (bundle / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    said = f"{passed('twice')}1 exercise is not started yet; the next is again.\n\n5 of 10 points\n"
    assert run("check", cwd=bundle) == Done(1, said, "")


@pytest.mark.parametrize("place", [".", "exercises", "exercises/01_small"])
def test_a_solved_stub_passes_wherever_in_the_course_it_is_checked(bundle: Path, place: str) -> None:
    (bundle / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    assert run("check", "twice", cwd=bundle / place) == Done(0, f"{passed('twice')}\n5 of 5 points\n", "")


def test_in_a_folder_of_ones_own_that_folder_is_checked(files: Path) -> None:
    assert run("check", cwd=files) == Done(1, f"{PARTIAL}{passed('again')}\n7 of 10 points\n", "")


def test_outside_a_course_the_installed_exercises_judge_the_files_here(tmp_path: Path) -> None:
    (tmp_path / "relu.py").write_text("import numpy as np\ndef relu(Z):\n    return np.maximum(0, Z)\n")
    assert run("check", "relu", cwd=tmp_path) == Done(0, "✓ relu  Passed  8/8\n\n8 of 8 points\n", "")


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["twice.py"], 1, f"{PARTIAL}\n2 of 5 points\n{LEFT}"),
        (["net.py"], 0, f"{passed('again')}\n5 of 5 points\n{LEFT}"),
        (["again", "net.py"], 0, f"{passed('again')}\n5 of 5 points\n"),
        (["again", "twice.py"], 1, f"{PARTIAL}{missing('again')}\n2 of 10 points\n"),
        (["net.py", "twice.py"], 1, f"{PARTIAL}{passed('again')}\n7 of 10 points\n"),
        (["again", "again"], 0, f"{passed('again')}\n5 of 5 points\n"),
        (["."], 1, f"{PARTIAL}{passed('again')}\n7 of 10 points\n"),
        (["../mine", "again"], 0, f"{passed('again')}\n5 of 5 points\n"),
    ],
)
def test_files_say_what_is_read_and_slugs_what_is_graded(
    files: Path, argv: list[str], code: int, said: str
) -> None:
    assert run("check", *argv, cwd=files) == Done(code, said, "")


def test_a_slug_is_a_slug_even_beside_a_folder_of_its_name(files: Path) -> None:
    (files / "again").mkdir()
    assert run("check", "again", cwd=files) == Done(0, f"{passed('again')}\n5 of 5 points\n", "")


def test_files_that_define_no_exercise_are_wrong_use(bundle: Path) -> None:
    (bundle / "empty").mkdir()
    (bundle / "empty" / "mine.py").write_text("def other():\n    return 1\n")
    rest = "no exercise of this course; `grader list` shows their names.\n"
    for argv, cwd, who in (
        (["empty"], bundle, "empty defines"),
        ([], bundle / "empty", "This folder defines"),
        (["."], bundle / "empty", "This folder defines"),
        (["mine.py", "."], bundle / "empty", "mine.py and This folder define"),
    ):
        assert run("check", *argv, cwd=cwd) == Done(2, "", f"grader: {who} {rest}")


def test_a_module_that_cannot_be_read_is_a_students_fault(bundle: Path) -> None:
    (bundle / "net.py").write_text("def twice(Z:\n")
    sentence = "net.py, line 1: '(' was never closed. Python cannot read the file until this is mended.\n"
    assert run("check", "net.py", cwd=bundle) == Done(1, sentence, "")


def test_an_exercise_that_cannot_be_read_shows_the_line(bundle: Path) -> None:
    (bundle / "mine").mkdir()
    (bundle / "mine" / "twice.py").write_text("def twice(Z:\n    return 1\n")
    sentence = "twice.py, line 1: '(' was never closed. Python cannot read the file until this is mended."
    said = f"""\
! twice  Cannot be read  0/5
    {sentence}
    >    1  def twice(Z:
         2      return 1

0 of 5 points
"""
    assert run("check", cwd=bundle / "mine") == Done(1, said + LEFT, "")


def test_a_broken_file_beside_good_ones_is_noted(files: Path) -> None:
    (files / "bad.py").write_text("def (:\n")
    done = run("check", "net.py", "bad.py", cwd=files)
    note = "bad.py, line 1: invalid syntax. Python cannot read the file until this is mended.\n"
    assert done == Done(0, f"{passed('again')}{note}\n5 of 5 points\n{LEFT}", "")


def test_an_alias_is_found_too(bundle: Path) -> None:
    path = bundle / "exercises" / "index.json"
    index = json.loads(path.read_text())
    index["exercises"][0]["aliases"] = ["double"]
    path.write_text(json.dumps(index))
    (bundle / "net.py").write_bytes(right("double"))
    assert run("check", "net.py", cwd=bundle) == Done(0, f"{passed('twice')}\n5 of 5 points\n{LEFT}", "")


def test_what_was_left_out_is_told(files: Path) -> None:
    (files / "again.py").symlink_to(files / "net.py")
    why = "again.py was left out: it cannot be opened (Too many levels of symbolic links)."
    said = f"! again  Cannot be read  0/5\n    {why}\n{why}\n\n0 of 5 points\n{LEFT}"
    assert run("check", "again.py", cwd=files) == Done(1, said, "")


WRONG = {
    "nope": "There is no exercise called nope in exercises/.",
    "nope.py": "nope.py does not exist; expected a folder, a .py, an .ipynb or a zip.",
    "mine/nope": "mine/nope does not exist; expected a folder, a .py, an .ipynb or a zip.",
}


@pytest.mark.parametrize("target", WRONG)
def test_a_target_that_is_nothing_exits_with_2(files: Path, target: str) -> None:
    assert run("check", target, cwd=files.parent) == Done(2, "", f"grader: {WRONG[target]}\n")


def test_two_different_files_of_one_name_are_not_guessed_between(files: Path) -> None:
    stub = files.parent / "exercises" / "01_small" / "twice.py"
    sentence = "grader: Two different files called twice.py were named; check one at a time.\n"
    assert run("check", "twice.py", stub, cwd=files) == Done(2, "", sentence)


def test_all_shows_what_passed_too(bundle: Path) -> None:
    (bundle / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    said = f"{passed('twice')}{CHECKS}\n5 of 5 points\n"
    assert run("check", "twice", "--all", cwd=bundle) == Done(0, said, "")


def test_the_result_is_written_as_a_page_and_as_json(files: Path) -> None:
    done = run("check", "twice", "--html", "page.html", "--json", "result.json", cwd=files)
    assert done == Done(1, f"{PARTIAL}\n2 of 5 points\n", "")
    assert (files / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    result = from_json((files / "result.json").read_bytes())
    assert (result.student, result.points, result.max_points) == ("me", 2, 5)


@pytest.mark.parametrize("option", ["--html", "--json"])
@pytest.mark.parametrize(
    ("target", "reason"), [(".", "Is a directory"), ("no/file", "No such file or directory")]
)
def test_a_file_that_cannot_be_written_exits_with_2(
    files: Path, option: str, target: str, reason: str
) -> None:
    sentence = f"grader: {target} cannot be used: {reason}.\n"
    assert run("check", "twice", option, target, cwd=files) == Done(2, "", sentence)


def test_a_fault_of_the_grader_exits_with_2_and_leaves_points_open(files: Path) -> None:
    damage(files.parent)
    (files / "twice.py").write_bytes(right("twice"))
    assert run("check", "twice", cwd=files) == Done(2, UNDECIDED, "")


def test_what_a_student_wrote_is_text_in_its_place(files: Path) -> None:
    (files / "twice.py").write_text(
        "def twice(Z):\n    raise ValueError('a\\n\\x1b[31m[red]::error::x\\n\\n::error::y')\n"
    )
    done = run("check", "twice", cwd=files)
    assert (done.code, done.err) == (1, "")
    lines = done.out.splitlines()
    assert [text for text in lines if "::" in text and not text.startswith("    ")] == []
    assert "\x1b" not in done.out
    assert r"    \x1b[31m[red]::error::x" in lines


def test_an_author_who_has_not_built_is_told_what_is_missing(tmp_path: Path) -> None:
    done = run("list", cwd=author(tmp_path))
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"grader: {tmp_path / 'exercises' / 'index.json'} cannot be read: ")


def test_quiet_says_the_points_alone(files: Path) -> None:
    assert run("check", "--quiet", cwd=files) == Done(1, "7 of 10 points\n", "")


def test_json_on_the_console_stands_alone(files: Path) -> None:
    done = run("check", "--json", "-", cwd=files)
    assert (done.code, done.err) == (1, "")
    result = from_json(done.out.encode())
    assert [(e.slug, e.status) for e in result.exercises] == [("twice", "failed"), ("again", "passed")]


def test_evidence_stands_below_the_first_failure_or_with_all_below_each(files: Path) -> None:
    (files / "twice.py").write_text("def twice(Z):\n    Z *= 2\n    return Z + 1\n")
    first, second = "    ✗ Leaves its arguments unchanged  0/1", "    ✗ Matches the reference values  0/3"
    for argv in ([], ["--all"]):
        lines = run("check", "twice", *argv, cwd=files).out.splitlines()
        below = lines[lines.index(first) + 1 : lines.index(second)]
        assert [text for text in below if not text.startswith("        ")] == []
        assert sum("called with:" in text for text in lines) == (2 if argv else 1)
        assert ("    ✓ The output has the shape of the input  1/1" in lines) == bool(argv)


@pytest.mark.parametrize(("argv", "again"), [(["twice"], "twice"), (["twice.py"], "twice.py"), ([], "twice")])
def test_the_command_for_more_evidence_is_about_the_same_file(
    files: Path, argv: list[str], again: str
) -> None:
    (files / "twice.py").write_text("def twice(Z):\n    Z *= 2\n    return Z + 1\n")
    said = run("check", *argv, cwd=files).out
    assert re.findall("Each with its evidence: (.*)", said) == [f"grader check {again} --all"]


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_a_narrow_console_gets_whole_words_in_lines_that_fit(files: Path, columns: int) -> None:
    wide = run("check", "twice", cwd=files).out
    narrow = run("check", "twice", cwd=files, COLUMNS=str(columns)).out
    assert max(len(text) for text in narrow.splitlines()) <= columns
    assert "".join(narrow.split()) == "".join(wide.split())


def test_a_slug_with_a_slip_gets_a_guess(bundle: Path) -> None:
    sentence = "grader: There is no exercise called twise in exercises/. Did you mean twice?\n"
    assert run("check", "twise", cwd=bundle) == Done(2, "", sentence)


def test_a_long_check_is_followed_by_a_bar_that_counts(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(console, "err", Console(file=drawn, force_terminal=True, width=80))
    monkeypatch.setattr(student_commands, "_BAR", 2)
    assert run("check", "-q", cwd=files) == Done(1, "7 of 10 points\n", "")
    assert "2/2" in drawn.getvalue()
