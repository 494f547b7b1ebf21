"""Words after `grader check`: files say what is read, slugs what is graded, and any other is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.checked import LEFT, PARTIAL, missing, passed
from support.courses import Done, right, run


@pytest.mark.parametrize("place", [".", "exercises", "exercises/01_small"])
def test_a_solved_stub_passes_wherever_in_the_course_it_is_checked(bundle: Path, place: str) -> None:
    (bundle / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    assert run("check", "twice", cwd=bundle / place) == Done(0, f"{passed('twice')}\n5 of 5 points\n", "")


def test_in_a_folder_of_ones_own_that_folder_is_checked(files: Path) -> None:
    assert run("check", cwd=files) == Done(1, f"{PARTIAL}{passed('again')}\n7 of 10 points\n", "")


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


def test_a_slug_with_a_slip_gets_a_guess(bundle: Path) -> None:
    sentence = "grader: There is no exercise called twise in exercises/. Did you mean twice?\n"
    assert run("check", "twise", cwd=bundle) == Done(2, "", sentence)
