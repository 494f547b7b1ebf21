"""One warm pytest session grades every submission as if it were alone, and takes nothing from around it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from support.end_to_end import FIRST, RIGHT, graded, one

from grader.course.task import Task
from grader.errors import GraderError
from grader.grading.pipeline import grade
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import Submission


def timeless(result: Result) -> Result:
    exercises = [
        msgspec.structs.replace(e, checks=[msgspec.structs.replace(c, duration_s=0.0) for c in e.checks])
        for e in result.exercises
    ]
    return msgspec.structs.replace(result, duration_s=0.0, started="", exercises=exercises)


def test_300_submissions_in_one_session_equal_each_graded_alone(sandbox: Sandbox, task: Task) -> None:
    kinds = [
        FIRST + "    return Z ** 3",
        RIGHT,
        "def twice(Z:",
        FIRST + "    return None",
        FIRST + "    return Z * Z",
    ]
    submissions = [
        Submission(f"student-{n:03}", {"twice.py": kinds[n % len(kinds)].encode()}) for n in range(300)
    ]
    together = [timeless(r) for r in graded(sandbox, [task], *submissions)]
    alone = [timeless(graded(sandbox, [task], s)[0]) for s in submissions[: len(kinds)]]
    assert together[0].points < together[0].max_points
    for number, result in enumerate(together):
        expected = msgspec.structs.replace(alone[number % len(kinds)], student=f"student-{number:03}")
        assert result == expected


def test_a_lone_check_judges_every_submission(sandbox: Sandbox, task: Task) -> None:
    lone = replace(task, checks=task.checks[1:2])
    submissions = [Submission(f"student-{n:02}", {"twice.py": RIGHT.encode()}) for n in range(3)]
    assert [r.points for r in graded(sandbox, [lone], *submissions)] == [3, 3, 3]


@pytest.mark.parametrize("name", ["conftest.py", "pytest.ini", "numpy.py", "sitecustomize.py"])
def test_nothing_in_submission_or_working_directory_loads_in_the_grader(
    sandbox: Sandbox, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    trap = "[pytest]\naddopts = -p evil\n" if name.endswith(".ini") else "raise SystemExit('trap')\n"
    (tmp_path / name).write_text(trap)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p evil")
    (result,) = graded(
        sandbox, [task], Submission("student-01", {name: trap.encode(), "twice.py": RIGHT.encode()})
    )
    assert result.points == result.max_points
    assert os.environ["PYTEST_ADDOPTS"] == "-p evil"


def test_an_error_of_the_sink_leaves_pytest_as_itself(sandbox: Sandbox, task: Task) -> None:
    def sink(_: Result) -> None:
        raise GraderError("the disk is full")

    with pytest.raises(GraderError, match=r"^the disk is full$"):
        grade([Submission("student-01", {})], [task], sandbox=sandbox, suite="", sink=sink)


def test_an_exercise_whose_checks_are_all_hidden_is_called_and_has_no_verdicts(
    sandbox: Sandbox, task: Task
) -> None:
    exercise = one(sandbox, replace(task, checks=()), RIGHT)
    assert (exercise.status, exercise.checks, exercise.max_points) == ("passed", [], 0)
