"""Mutants: every small change of a solution is made once, and those that no check notices are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.authoring.mutants import Score, mutants, score
from grader.authoring.verify import Proof, verify
from grader.course.discovery import load
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.sandbox import Sandbox

AUTHORED = '''"""Half: halve what is positive."""
import numpy as np

from grader import Exercise, arrays, checks


def half(Z):
    """Return z / 2 where z > 0, else 0."""
    if np.ndim(Z) > 3:
        raise ValueError(f"{np.ndim(Z)} axes are too many")
    return np.where(np.asarray(Z) > 0, Z / 2, 0)


exercise = Exercise(
    half,
    inputs=arrays(ndim=2),
    checks=(checks.matches_reference(),),
    hints=("Where?", "How?"),
    equivalents=MARKS,
)


@exercise.mistake(caught_by=checks.matches_reference)
def whole(Z):
    """Z was not halved."""
    return np.where(Z > 0, Z, 0)


@exercise.mistake(caught_by=checks.matches_reference)
def both(Z):
    """The negative side was halved too."""
    return Z / 2


@exercise.mistake(caught_by=checks.matches_reference)
def nothing(Z):
    """All became 0."""
    return 0.0 * Z
'''
NOT_NOTICED = [
    "if np.ndim(Z) >= 3:",
    "if np.ndim(Z) > 4:",
    "if np.ndim(Z) > 2:",
    "without if np.ndim(Z) > 3:",
    "raise f'{np.ndim(Z)} axes are too many'",
    "pass",
    "return np.where(np.asarray(Z) >= 0, Z / 2, 0)",
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "01_small" / "half.py"
    path.parent.mkdir()
    path.write_text(AUTHORED.replace("MARKS", "{}"))
    return path


@pytest.fixture
def task(path: Path) -> Task:
    return prepare(load(path), seed=1)


def changes(body: str) -> list[str]:
    return [m.change for m in mutants(f"def f(a, b=2):\n    {body}\n", "f")]


def test_operators_arguments_and_constants_are_changed_one_at_a_time() -> None:
    assert changes("return a + g(b, 1)") == [
        "def f(a, b=3):",
        "def f(a, b=1):",
        "return a - g(b, 1)",
        "return a + b",
        "return a + g(1, b)",
        "return a + g(b, 2)",
        "return a + g(b, 0)",
    ]


def test_keywords_are_dropped_and_turned() -> None:
    assert changes("return a.sum(axis=1, keepdims=True)")[2:] == [
        "return a.sum(keepdims=True)",
        "return a.sum(axis=1)",
        "return a.sum(axis=2, keepdims=True)",
        "return a.sum(axis=0, keepdims=True)",
        "return a.sum(axis=1, keepdims=False)",
    ]


def test_loops_run_once_too_often_and_once_too_rarely_and_lines_vanish() -> None:
    assert changes("for i in range(a):\n        b += i\n    return b")[2:] == [
        "for i in a:",
        "pass",
        "for i in range(a + 1):",
        "for i in range(a - 1):",
        "b -= i",
        "without for i in range(a):",
    ]


def test_returned_pairs_are_swapped_and_what_an_exception_says_is_left_alone() -> None:
    assert changes("if a < b:\n        raise E(f'{a + 1}')\n    return a, b")[2:] == [
        "pass",
        "if not a < b:",
        "if a <= b:",
        "if a > b:",
        "raise f'{a + 1}'",
        "return (b, a)",
        "without if a < b:",
    ]


def test_every_mutant_is_a_file_that_compiles(task: Task) -> None:
    made = mutants(task.source, "half")
    assert len({m.source for m in made}) == len(made) > 10
    for mutant in made:
        compile(mutant.source, "half.py", "exec")


def test_survivors_are_told_by_their_changed_line(sandbox: Sandbox, task: Task) -> None:
    found = score(task, {}, sandbox)
    alive = [f"No check notices the mutant: {change}" for change in NOT_NOTICED]
    assert sorted(found.findings) == sorted(alive)
    assert (found.killed, found.equivalent) == (found.mutants - len(NOT_NOTICED), 0)


def test_marked_survivors_are_no_findings(sandbox: Sandbox, task: Task) -> None:
    found = score(task, dict.fromkeys(NOT_NOTICED, "because"), sandbox)
    assert found == Score(found.mutants, found.mutants - len(NOT_NOTICED), len(NOT_NOTICED), ())


def test_a_mark_without_a_survivor_is_told(sandbox: Sandbox, task: Task) -> None:
    found = score(task, dict.fromkeys([*NOT_NOTICED, "return 7"], "because"), sandbox)
    assert found.findings == ("No such mutant survives, so its mark can go: return 7",)


def test_a_proof_counts_mutants_when_asked(sandbox: Sandbox, path: Path) -> None:
    path.write_text(AUTHORED.replace("MARKS", repr(dict.fromkeys(NOT_NOTICED, "because"))))
    (plain,) = verify([load(path)], seed=1, sandbox=sandbox)
    (proof,) = verify([load(path)], seed=1, sandbox=sandbox, with_mutants=True)
    common = {"lesson": "01_small", "slug": "half", "points": 1, "checks": 1, "mistakes": 3, "caught": 3}
    assert plain == Proof(**common)
    assert proof == Proof(**common, mutants=20, killed=13, equivalent=7)
