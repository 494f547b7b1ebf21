"""The course is fair: right solutions of every style have full points, whatever formula they use."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.cases.case import Answer, Raised
from grader.course import course
from grader.course.exercise import Exercise
from grader.course.task import Task
from grader.grading.pipeline import grade
from grader.grading.verdicts import judge, observations
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import Submission, read
from grader.text.values import call_text

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


def altered(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value of the same form whose numbers are changed."""
    if isinstance(value, np.ndarray):
        with np.errstate(all="ignore"):
            return np.asarray(change(value)).astype(value.dtype)
    if isinstance(value, (list, tuple)):
        return type(value)(altered(part, change) for part in value)
    if isinstance(value, dict):
        return {name: altered(part, change) for name, part in value.items()}
    return (
        value + "!" if isinstance(value, str) else type(value)(np.asarray(change(np.asarray(value))).item())
    )


WRONG: list[Callable[[Any], Any]] = [
    lambda v: np.zeros_like(v, dtype=float),
    lambda v: -3.0 * v - 7.1,
    lambda v: 1.0 * v * np.where(np.arange(np.size(v)).reshape(np.shape(v)) % 2, 1, -9),
    lambda v: np.full(np.shape(v), np.nan if np.asarray(v).dtype.kind == "f" else 99.0),
]


def right(task: Task, name: str) -> Answer:
    """Return what the solution answers; it changes no argument."""
    case = next(case for case in task.cases if case.name == name)
    value = task.expected[name].value
    after = {"args_after": case.args, "kwargs_after": dict(case.kwargs)}
    return Answer("returned", value, value_after=value, **after)


def points(task: Task, answers: Mapping[str, Answer]) -> float:
    seen, earned, failed = observations(task, answers), 0.0, ""
    for bound in task.checks:
        result = judge(task, bound, seen, None, failed)
        earned += result.points
        failed = failed or (result.title if result.status == "failed" else "")
    return earned


RAISED = Answer("raised", raised=Raised(("ZeroDivisionError", "Exception"), "division by zero", 3))


def test_a_case_that_raises_costs_something_but_no_more_than_a_wrong_value_there(tasks: list[Task]) -> None:
    unfair = []
    for task in tasks:
        solved = {case.name: right(task, case.name) for case in task.cases}
        full = points(task, solved)
        for name, answer in solved.items():
            if answer.value is None or (isinstance(answer.value, np.ndarray) and not answer.value.size):
                continue  # an exception is expected, or nothing, which cannot be wrong
            values = [altered(answer.value, change) for change in WRONG]
            values += [other.value for other in solved.values() if other.value is not None]
            made = [replace(answer, value=value) for value in values]
            least = min(points(task, solved | {name: one}) for one in made)
            raising = points(task, solved | {name: RAISED})
            if raising < least or (raising == full and least < full):
                unfair.append((task.slug, name))
    assert unfair == []


@pytest.mark.parametrize("kind", ["raised", "None", "shape", "mixed"])
def test_whatever_costs_points_is_told_by_a_check_that_fails(tasks: list[Task], kind: str) -> None:
    """Checks that leave faults to each other never all wait."""
    odd = {
        "raised": RAISED,
        "None": Answer("returned", None),
        "shape": Answer("returned", np.zeros((1, 2, 3, 4))),
    }
    for task in tasks:
        broken = list(odd.values()) if kind == "mixed" else [odd[kind]]
        answers = {case.name: broken[n % len(broken)] for n, case in enumerate(task.cases)}
        seen, failed = observations(task, answers), ""
        for bound in task.checks:
            result = judge(task, bound, seen, None, failed)
            failed = failed or (result.title if result.status == "failed" and not result.advice else "")
        assert failed, task.slug


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
    lessons = ("foundations", "activations", "losses", "optimization")
    first = [task for task in tasks if task.lesson.partition("_")[2] in lessons]
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


POINTS = {"easy": (3, 8), "medium": (8, 11), "hard": (11, 15)}


def test_harder_exercises_are_worth_more() -> None:
    authored = course.find(ROOT).authored()
    assert {one.exercise.slug: one.exercise.points for one in authored if not _is_fair(one.exercise)} == {}


def _is_fair(exercise: Exercise) -> bool:
    least, most = POINTS[exercise.difficulty]
    return least <= exercise.points <= most


def test_every_call_that_a_student_is_shown_can_be_pasted(tasks: list[Task]) -> None:
    public = [(task, case) for task in tasks for case in task.cases if not case.hidden]
    unpasteable = [
        (task.slug, case.name)
        for task, case in public
        if "# a1: " in call_text(task.slug, case.args, case.kwargs)
    ]
    assert (len(public) > 500, unpasteable) == (True, [])
