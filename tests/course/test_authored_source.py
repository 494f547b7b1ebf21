"""What is given out after the deadline runs alone, and shows neither checks nor mistakes."""

from __future__ import annotations

import ast
import types
from pathlib import Path

import pytest

from grader.course.authored_source import solution
from grader.course.discovery import discover

ROOT = Path(__file__).resolve().parents[2]
AUTHORED = discover(ROOT / "reference")
SOURCE = '''"""Title."""

from math import pi

import numpy as np

from grader import Exercise, arrays, checks

SCALE, OTHER = 2, 3
HALF: float = 0.5
UNUSED = 1


class Box:
    size = SCALE


def helper(Z):
    return Z * HALF * Box.size


def sampler():
    return pi


def twice(Z):
    """Return it."""
    return helper(Z) * np.float64(2)


exercise = Exercise(twice, inputs=arrays(), checks=(checks.matches_reference(),))


@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z):
    """No."""
    return Z * Z
'''
KEPT = '''"""Title."""

import numpy as np


SCALE, OTHER = 2, 3


HALF: float = 0.5


class Box:
    size = SCALE


def helper(Z):
    return Z * HALF * Box.size


def twice(Z):
    """Return it."""
    return helper(Z) * np.float64(2)
'''


def test_only_what_the_solution_uses_is_kept() -> None:
    fake = types.SimpleNamespace(
        source=SOURCE, exercise=types.SimpleNamespace(slug="twice", subjects=("twice",))
    )
    assert solution(fake) == KEPT


@pytest.mark.parametrize("one", AUTHORED, ids=lambda one: one.exercise.slug)
def test_every_solution_of_the_course_runs_alone(one) -> None:
    text = solution(one)
    names: dict[str, object] = {}
    exec(compile(text, one.path, "exec"), names)
    assert callable(names[one.exercise.slug])
    assert not {"exercise", *(m.name for m in one.exercise.mistakes)} & set(names)
    assert ast.get_docstring(ast.parse(text)) == ast.get_docstring(ast.parse(one.source))
