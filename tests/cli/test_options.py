"""Options that commands share: a variable of the environment stands for one, and a wrong value is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.attempts import hand_in
from support.courses import Done, run, student

from grader.gradebook import Gradebook


def test_the_course_can_be_named_by_a_variable_and_an_option_comes_before_it(tmp_path: Path) -> None:
    bundle = student(tmp_path / "bundle")
    (tmp_path / "empty").mkdir()
    listed = run("list", cwd=bundle)
    assert run("list", cwd=tmp_path / "empty", GRADER_COURSE=str(bundle)) == listed
    assert run("list", "--course", "bundle", cwd=tmp_path, GRADER_COURSE=str(tmp_path / "empty")) == listed


def test_the_gradebook_can_be_named_by_a_variable(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    with Gradebook(url) as book:
        hand_in(book, "student-01", "one", 10, 4)
    said = run("show", "out", "student-01", cwd=tmp_path, GRADER_GRADEBOOK=url)
    assert (said.code, said.err, said.out.endswith("\n14 of 20 points\n")) == (0, "", True)
    assert run("show", "out", "student-01", "--gradebook", url, cwd=tmp_path) == said
    missing = "grader: out is no graded class: it has no gradebook.db.\n"
    assert run("show", "out", "student-01", cwd=tmp_path) == Done(2, "", missing)


@pytest.mark.parametrize("jobs", ["-1", "two"])
def test_a_number_of_processes_that_is_none_is_refused(tmp_path: Path, jobs: str) -> None:
    said = run("report", "out", "--jobs", jobs, cwd=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert "Invalid value for '--jobs'" in said.err


@pytest.mark.parametrize("lesson", ["02", "02_small"])
def test_a_lesson_is_named_by_its_beginning(tmp_path: Path, lesson: str) -> None:
    said = run("list", "--lesson", lesson, cwd=student(tmp_path)).out
    assert [row.split()[0] for row in said.splitlines()] == ["02_small", "○"]
