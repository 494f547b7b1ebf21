"""The course is fair: right solutions of every style have full points, whatever formula they use."""

from __future__ import annotations

import ast
from collections import Counter
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
RIGHT = sorted((DATA / "correct").glob("*.py"))
"""Right solutions: one style of some lessons a file."""


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    return course.find(ROOT).tasks()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def lost(sandbox: Sandbox, tasks: list[Task], submission: Submission) -> dict[str, list[str]]:
    """Return what a submission lost in the exercises it holds: the checks it fails, with their messages."""
    results: list[Result] = []
    grade([submission], tasks, sandbox=sandbox, suite="", sink=results.append)
    return {
        exercise.slug: [f"{c.name}: {c.message}" for c in exercise.checks if c.points < c.max_points]
        for exercise in results[0].exercises
        if exercise.status not in ("passed", "missing")
    }


def functions(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_right_solutions_of_every_style_lose_nothing(sandbox: Sandbox, tasks: list[Task], path: Path) -> None:
    assert lost(sandbox, tasks, read(path, student="student-01")) == {}


def test_every_exercise_has_right_solutions_in_two_styles(tasks: list[Task]) -> None:
    styles = Counter(name for path in RIGHT for name in functions(path))
    assert {task.slug: styles[task.slug] for task in tasks if styles[task.slug] < 2} == {}


def test_a_learners_one_module_with_helpers_loses_nothing(sandbox: Sandbox, tasks: list[Task]) -> None:
    first = {task.slug for task in tasks if task.lesson < "05"}
    assert first - functions(DATA / "neural_network.py") <= {"sigmoid", "sigmoid_derivative"}
    assert lost(sandbox, tasks, read(DATA / "neural_network.py", student="student-01")) == {}


def test_a_single_wrong_sign_in_a_helper_is_noticed_by_what_calls_it(
    sandbox: Sandbox, tasks: list[Task]
) -> None:
    source = (DATA / "neural_network.py").read_bytes().replace(b"exponential(-Z)", b"exponential(Z)")
    found = lost(sandbox, tasks, Submission("student-01", {"neural_network.py": source}))
    # The slope of a mirrored curve is mirrored twice: both derivatives stay right.
    assert set(found) == {"forward_perceptron", "perceptron_gradients", "sigmoid", "tanh"}
