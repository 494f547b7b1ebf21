"""`grader release`: the wheel that is wanted goes in, nothing stale goes out, wrong use writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import Done, course, run
from support.leaks import tree

NEXT = "Give it to your students. They {}follow its README: two commands, then `grader watch`.\n"


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["taken"], "taken is already there; choose another name, or remove it first."),
        (["taken/file"], "taken/file is already there; choose another name, or remove it first."),
        (["out", "--lesson", "9"], "There is no exercise in lesson 9."),
        (["out", "--wheel", "taken/file"], "taken/file is no wheel; expected a file that ends in .whl."),
        (["out", "--wheel", "no.whl"], "no.whl cannot be used: No such file or directory."),
        (
            ["out", "--wheel", "no.whl", "--no-wheel"],
            "--wheel puts a wheel in and --no-wheel puts none in; give one of them.",
        ),
    ],
)
def test_wrong_use_writes_nothing(tmp_path: Path, argv: list[str], sentence: str) -> None:
    here = course(tmp_path)
    (here / "taken").mkdir()
    (here / "taken" / "file").write_text("mine")
    assert run("release", *argv, cwd=here) == Done(2, "", f"grader: {sentence}\n")
    assert not (here / "out").exists()


def test_stale_answers_are_not_given_out(tmp_path: Path) -> None:
    here = course(tmp_path)
    path = here / "exercises" / "index.json"
    path.write_text(path.read_text().replace("Which idea leads on?", "Which?"))
    sentence = "grader: exercises/index.json is stale; run `grader build` first.\n"
    assert run("release", "out", cwd=here) == Done(2, "", sentence)


@pytest.mark.parametrize(("lesson", "code"), [("02", 0), ("01", 2)])
def test_only_what_is_released_must_be_fresh(tmp_path: Path, lesson: str, code: int) -> None:
    here = course(tmp_path)
    (here / "exercises" / "01_small" / "answers.json").write_text("{}")
    said = run("release", "out", "--lesson", lesson, cwd=here)
    sentence = "grader: exercises/01_small/answers.json is stale; run `grader build` first.\n"
    assert (said.code, said.err) == (code, sentence if code else "")


def test_without_a_wheel_students_install_the_grader_by_name(tmp_path: Path) -> None:
    here = course(tmp_path)
    assert run("release", "out", "--no-wheel", cwd=here) == Done(0, f"out: 10 files.\n{NEXT.format('')}", "")
    assert (here / "out" / "requirements.txt").read_text() == "grader-kit==0.1.0\n"


def test_a_wheel_of_ones_own_is_put_in_instead(tmp_path: Path) -> None:
    here = course(tmp_path)
    (here / "mine-1.whl").write_bytes(b"mine")
    assert run("release", "out", "--wheel", "mine-1.whl", cwd=here).code == 0
    assert (here / "out" / "mine-1.whl").read_bytes() == b"mine"
    assert (here / "out" / "requirements.txt").read_text() == "./mine-1.whl\n"
    assert [name for name in tree(here / "out") if name.endswith(".whl")] == ["mine-1.whl"]


def test_of_a_zip_students_are_told_to_unpack_it(tmp_path: Path) -> None:
    said = run("release", "week.zip", "--no-wheel", cwd=course(tmp_path))
    assert said == Done(0, f"week.zip: 10 files.\n{NEXT.format('unpack it and ')}", "")
