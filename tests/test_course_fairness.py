"""The course is fair: right solutions of every style have full points, whatever formula they use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import course
from grader.collect import Submission, read
from grader.grading import grade
from grader.results import Result
from grader.sandbox import Sandbox
from grader.task import Task

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    return course.find(ROOT).tasks()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def lost(sandbox: Sandbox, tasks: list[Task], submission: Submission) -> dict[str, list[str]]:
    """Return what a submission lost, by exercise: the checks it fails, with their messages."""
    results: list[Result] = []
    grade([submission], tasks, sandbox=sandbox, suite="", sink=results.append)
    return {
        exercise.slug: [f"{c.name}: {c.message}" for c in exercise.checks if c.points < c.max_points]
        for exercise in results[0].exercises
        if exercise.points < exercise.max_points or exercise.status != "passed"
    }


@pytest.mark.parametrize("style", ["loops", "arrays", "formulas"])
def test_right_solutions_of_every_style_lose_nothing(sandbox: Sandbox, tasks: list[Task], style: str) -> None:
    assert lost(sandbox, tasks, read(DATA / "correct" / f"{style}.py", student="student-01")) == {}


def test_a_learners_one_module_with_helpers_loses_nothing(sandbox: Sandbox, tasks: list[Task]) -> None:
    assert lost(sandbox, tasks, read(DATA / "neural_network.py", student="student-01")) == {}


def test_a_single_wrong_sign_in_a_helper_is_noticed_by_what_calls_it(
    sandbox: Sandbox, tasks: list[Task]
) -> None:
    source = (DATA / "neural_network.py").read_bytes().replace(b"exponential(-Z)", b"exponential(Z)")
    found = lost(sandbox, tasks, Submission("student-01", {"neural_network.py": source}))
    # The slope of a mirrored curve is mirrored twice: both derivatives stay right.
    assert set(found) == {"forward_perceptron", "perceptron_gradients", "sigmoid", "tanh"}
