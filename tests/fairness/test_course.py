"""The course is fair: right solutions of every style have full points, whatever formula they use."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.course import course
from grader.course.task import Task
from grader.grading.pipeline import grade
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import Submission, read

DATA = Path(__file__).parents[1] / "data"
ROOT = Path(__file__).parents[2]
STYLES = sorted((DATA / "correct").glob("*.py"))


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


def covered(tasks: Sequence[Task], path: Path) -> list[Task]:
    """Return the exercises that the file solves."""
    defined = {node.name for node in ast.parse(path.read_bytes()).body if isinstance(node, ast.FunctionDef)}
    return [task for task in tasks if defined & {task.slug, *task.aliases}]


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.stem)
def test_right_solutions_of_every_style_lose_nothing(
    sandbox: Sandbox, tasks: list[Task], style: Path
) -> None:
    assert lost(sandbox, covered(tasks, style), read(style, student="student-01")) == {}


def test_every_exercise_is_solved_in_two_styles_at_least(tasks: list[Task]) -> None:
    count = Counter(task.slug for style in STYLES for task in covered(tasks, style))
    assert [task.slug for task in tasks if count[task.slug] < 2] == []


def test_a_learners_one_module_with_helpers_loses_nothing(sandbox: Sandbox, tasks: list[Task]) -> None:
    path = DATA / "neural_network.py"
    first = [task for task in tasks if task.lesson < "05"]
    assert covered(tasks, path) == first
    assert lost(sandbox, first, read(path, student="student-01")) == {}


def test_a_single_wrong_sign_in_a_helper_is_noticed_by_what_calls_it(
    sandbox: Sandbox, tasks: list[Task]
) -> None:
    source = (DATA / "neural_network.py").read_bytes().replace(b"exponential(-Z)", b"exponential(Z)")
    first = covered(tasks, DATA / "neural_network.py")
    found = lost(sandbox, first, Submission("student-01", {"neural_network.py": source}))
    # The slope of a mirrored curve is mirrored twice: both derivatives stay right.
    assert set(found) == {"forward_perceptron", "perceptron_gradients", "sigmoid", "tanh"}
