"""A known mistake runs in the worker, and is told to a student whose answers are its own in every case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from grader.cases.case import Answer, Raised
from grader.cases.tolerances import Tolerances
from grader.checks.context import Expected
from grader.course.authored_source import runnable
from grader.course.discovery import load
from grader.course.preparation import prepare
from grader.course.task import Known, Task
from grader.explain.mistakes import Mistakes, coincide
from grader.results import Diagnosis
from grader.sandbox import Sandbox
from grader.worker.wire import Opaque

AUTHORED = '''"""Twice: double a number."""
import os.path
from grader import Exercise, arrays, call, checks
import numpy as np

def _helper(f):
    return f

@_helper
def twice(Z):
    """Return 2 * Z."""
    return 2 * Z

exercise: Exercise = Exercise(
    twice,
    inputs=arrays("n").also(one=np.array([1.0]), two=np.array([2.0])),
    checks=(checks.matches_reference(), checks.forbids_loops()),
)

@exercise.mistake(caught_by=checks.matches_reference)
@_helper
def squared(Z):
    """Z * Z is the square."""
    return Z * Z

@exercise.mistake(caught_by=checks.forbids_loops)
def looping(Z):
    """No loop is needed."""
    return np.array([2 * z for z in Z])

@exercise.mistake(caught_by=checks.matches_reference)
def in_place(Z):
    """The input was changed."""
    Z += 1
    return Z
'''


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    path = tmp_path_factory.mktemp("reference") / "01_small" / "twice.py"
    path.parent.mkdir()
    path.write_text(AUTHORED)
    return prepare(load(path), seed=5)


def test_an_authored_file_runs_without_its_declarations() -> None:
    assert runnable(AUTHORED).decode() == (
        '"""Twice: double a number."""\nimport os.path\nimport numpy as np\n\n'
        "def _helper(f):\n    return f\n\n"
        '@_helper\ndef twice(Z):\n    """Return 2 * Z."""\n    return 2 * Z\n\n'
        '@_helper\ndef squared(Z):\n    """Z * Z is the square."""\n    return Z * Z\n\n'
        'def looping(Z):\n    """No loop is needed."""\n    return np.array([2 * z for z in Z])\n\n'
        'def in_place(Z):\n    """The input was changed."""\n    Z += 1\n    return Z'
    )


def test_other_names_may_be_bound_beside_the_exercise() -> None:
    source = "exercise = 1\nother = exercise = 2\nEPS, (a, b) = 1, (2, 3)\nx: int = 4\nfrom . import givens\n"
    assert runnable(source) == b"EPS, (a, b) = (1, (2, 3))\nx: int = 4\nfrom . import givens"


def test_each_mistake_that_answers_show_is_asked_for_every_case(sandbox: Sandbox, task: Task) -> None:
    answers = Mistakes(sandbox).answers(task)
    assert list(answers) == ["squared", "in_place"]
    assert all(list(found) == [case.name for case in task.cases] for found in answers.values())
    assert [np.asarray(found["two"].value).tolist() for found in answers.values()] == [[4.0], [3.0]]


def test_answers_are_asked_for_once(sandbox: Sandbox, task: Task) -> None:
    mistakes = Mistakes(sandbox)
    assert mistakes.answers(task) is mistakes.answers(task)


def test_recorded_answers_need_no_code(sandbox: Sandbox, task: Task) -> None:
    recorded = Known("squared", "Z * Z is the square.", answers={"one": Answer("not_run")})
    empty = Known("in_place", "The input was changed.", answers={})
    bundled = replace(task, source="", mistakes=(recorded, empty))
    assert Mistakes(sandbox).answers(bundled) == {"squared": {"one": Answer("not_run")}, "in_place": {}}


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("def twice(Z):\n    return Z ** 2", Diagnosis(
            mistake="squared", message="Z * Z is the square.",
            evidence="Your answers equal those of this mistake in all 11 cases.")),
        ("def twice(Z):\n    Z += 1\n    return Z", Diagnosis(
            mistake="in_place", message="The input was changed.",
            evidence="Your answers equal those of this mistake in all 11 cases.")),
        ("def twice(Z):\n    return Z + 1", None),
        ("def twice(Z):\n    return Z * Z * (1 + 1e-6)", None),
        ("def twice(Z):\n    return 2 * Z", None),
    ],
    ids=["square", "in place", "not in place", "far", "right"],
)  # fmt: skip
def test_a_mistake_is_told_where_every_answer_is_its_own(
    sandbox: Sandbox, task: Task, source: str, mistake: Diagnosis | None
) -> None:
    with sandbox.open({"twice.py": source.encode()}) as session:
        batch = session.ask("twice.py", "twice", task.cases)
    answers = dict(zip((case.name for case in task.cases), batch.answers, strict=True))
    assert Mistakes(sandbox).in_every_case(task, answers) == mistake


def test_a_mistake_without_a_recorded_case_explains_nothing(sandbox: Sandbox, task: Task) -> None:
    bundled = replace(task, mistakes=(Known("squared", "Z * Z is the square.", answers={}),))
    assert Mistakes(sandbox).in_every_case(bundled, {"one": Answer("returned", value=1.0)}) is None


def answered(sandbox: Sandbox, task: Task, source: str) -> dict[str, Answer]:
    with sandbox.open({"twice.py": source.encode()}) as session:
        batch = session.ask("twice.py", "twice", task.cases)
    return dict(zip((case.name for case in task.cases), batch.answers, strict=True))


def test_a_second_slip_that_raises_in_a_few_cases_does_not_hide_a_mistake(
    sandbox: Sandbox, task: Task
) -> None:
    source = "def twice(Z):\n    if len(Z) == 1 and Z[0] == 1:\n        raise KeyError\n    return Z ** 2"
    answers = answered(sandbox, task, source)
    assert Mistakes(sandbox).in_every_case(task, answers) is None
    found = Mistakes(sandbox).in_one_check(task, answers)
    assert found is not None
    assert (found.mistake, found.message) == ("squared", "Z * Z is the square.")
    assert found.evidence.startswith("Your answers equal those of this mistake in ")


@pytest.mark.parametrize(
    "body", ["return 2 * Z", "return Z + 1", "raise KeyError", "return Z ** 2 if len(Z) < 3 else 2 * Z"]
)
def test_what_no_mistake_explains_is_left_unexplained(sandbox: Sandbox, task: Task, body: str) -> None:
    answers = answered(sandbox, task, f"def twice(Z):\n    {body}")
    assert Mistakes(sandbox).in_one_check(task, answers) is None


@pytest.mark.parametrize(
    ("recorded", "met", "is_told"),
    [
        ("operands could not be broadcast (2,)", "operands could not be broadcast (2,)", True),
        ("operands could not be broadcast (2,)", "operands could not be broadcast (7,)", False),
        ("", "operands could not be broadcast (7,)", False),
    ],
)
def test_an_exception_of_the_same_class_is_no_cause_by_itself(
    sandbox: Sandbox, task: Task, recorded: str, met: str, is_told: bool
) -> None:
    names = ("ValueError", "Exception")
    known = Known("squared", "It raises.", answers={"one": Answer("raised", raised=Raised(names, recorded))})
    bundled = replace(task, source="", mistakes=(known,))
    answers = {"one": Answer("raised", raised=Raised(names, met))}
    assert (Mistakes(sandbox).in_every_case(bundled, answers) is not None) == is_told


def returned(value: object, *after: object) -> Answer:
    return Answer("returned", value=value, args_after=after)


def raised(*names: str) -> Answer:
    return Answer("raised", raised=Raised((*names, "Exception"), ""))


ONES = np.ones(2)
NEAR = np.full(2, 1 + 1e-12)


@pytest.mark.parametrize(
    ("one", "other", "allowed", "alike"),
    [
        (returned(ONES), returned(NEAR), np.full(2, 1e-9), True),
        (returned(ONES), returned(NEAR), np.full(2, 1e-15), False),
        (returned(ONES), returned(NEAR), 1e-9, True),
        (returned(ONES), returned(NEAR), np.full(3, 1e-9), False),
        (returned(ONES), returned(ONES.copy()), np.full(3, 1e-9), True),
        (returned(ONES), returned(NEAR), None, False),
        (returned(ONES), returned(ONES.astype(int)), 1e-9, False),
        (returned(ONES), returned(np.ones((1, 2))), 1e-9, False),
        (returned(ONES), returned([1.0, 1.0]), 1e-9, False),
        (returned(ONES, ONES), returned(ONES, ONES), 0.0, True),
        (returned(ONES, ONES), returned(ONES, NEAR), 0.0, False),
        (returned(ONES, [1]), returned(ONES, []), 0.0, False),
        (returned((ONES, 1.0)), returned((NEAR, 1.0)), [np.full(2, 1e-9), 0.0], True),
        (returned((ONES, 1.0)), returned((NEAR, 1.0)), [np.full(2, 1e-9)], False),
        (returned((ONES, 1.0)), returned((NEAR, 1.0)), 1e-9, False),
        (returned((ONES, 1.0)), returned((NEAR, 1.0)), [np.full(3, 1e-9), 0.0], False),
        (returned((ONES, ONES)), returned((ONES, NEAR)), [np.full(3, 1e-9), np.full(2, 1e-9)], True),
        (returned({"a": None, "b": "x"}), returned({"a": None, "b": "x"}), [None, None], True),
        (returned({"a": None, "b": "x"}), returned({"a": None, "b": "y"}), [None, None], False),
        (returned(None), returned(None), None, True),
        (returned(Opaque("set")), returned(Opaque("set")), None, False),
        (raised("ValueError"), raised("ValueError"), None, True),
        (raised("ValueError"), raised("TypeError"), None, False),
        (Answer("raised"), raised("ValueError"), None, False),
        (raised("ValueError"), returned(ONES), None, False),
        (Answer("timed_out", detail="1 s"), Answer("timed_out", detail="2 s"), None, True),
        (Answer("timed_out"), Answer("crashed"), None, False),
    ],
)
def test_answers_coincide_in_fate_value_dtype_exception_and_changed_arguments(
    task: Task, one: Answer, other: Answer, allowed: object, *, alike: bool
) -> None:
    each = dict(enumerate(allowed)) if isinstance(allowed, list) else {None: allowed}
    limits = {
        () if number is None else (number,): None if one is None else np.asarray(one)
        for number, one in each.items()
    }
    known = replace(task, expected={"a": Expected(ONES, Tolerances(limits))})
    assert coincide(known, {"a": one}, {"a": other}) is alike
    assert coincide(known, {"a": one, "b": raised("KeyError")}, {"a": other, "c": returned(None)}) is alike
