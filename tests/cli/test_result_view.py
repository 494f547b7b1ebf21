"""A result at the terminal: the first failure has its evidence, and what a student wrote stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.checked import CHECKS, LEFT, passed, unstarted
from support.courses import Done, right, run


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


def test_all_shows_what_passed_too(bundle: Path) -> None:
    (bundle / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    said = f"{passed('twice')}{CHECKS}\n5 of 5 points\n"
    assert run("check", "twice", "--all", cwd=bundle) == Done(0, said, "")


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


def test_what_the_failing_call_printed_stands_beside_it_and_no_other_print(files: Path) -> None:
    source = "print('imported')\ndef twice(Z):\n    print('the shape is', Z.shape)\n    return Z**2\n"
    (files / "twice.py").write_text(source)
    lines = run("check", "twice", cwd=files).out.splitlines()
    at = next(n for n, line in enumerate(lines) if "called with:" in line)
    assert lines[at + 1] == "        it printed:   the shape is (1, 4)"
    assert "\n".join(lines).count("the shape is") == 1
    assert "imported" not in "\n".join(lines)
