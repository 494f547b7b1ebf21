"""Code of the solution comes into a student's function in the student's names, marked as a donor's."""

from __future__ import annotations

import ast

import pytest

from grader.repair import donors
from grader.repair.change import Change
from grader.repair.places import places, scope_of
from grader.repair.transplants import changes

from .conftest import code, task_of


def made(slug: str, text: str) -> list[Change]:
    """Return the changes that bring the solution's code into a function."""
    its = code(slug, text)
    unit = its.units[0]
    assert isinstance(unit, ast.FunctionDef)
    given = donors.of(task_of(slug).source, slug)
    return list(changes(unit, list(places(unit)), given, scope_of(unit, its)))


def test_all_are_donors() -> None:
    found = made("softmax", "def softmax(s):\n    e = np.exp(s)\n    return e / e.sum()")
    assert {one.kind for one in found} >= {"known slip", "step of the solution"}
    assert all(one.is_donor for one in found)


@pytest.mark.parametrize(
    ("slug", "text", "kind", "after"),
    [
        (
            "softmax",
            "def softmax(s):\n    e = np.exp(s)\n    return e / e.sum(axis=1)",
            "known slip",
            "e.sum(axis=1, keepdims=True)",
        ),
        ("softmax", "def softmax(s):\n    return np.exp(s)", "known slip", "s.max(axis=1, keepdims=True)"),
        ("one_hot", "def one_hot(c, k):\n    return np.eye(k)[c]", "guard", "raise ValueError"),
    ],
)
def test_code_stands_in_the_students_names(slug: str, text: str, kind: str, after: str) -> None:
    found = [one for one in made(slug, text) if one.kind == kind]
    texts = [
        ast.unparse(part) for one in found for part in (one.new if isinstance(one.new, list) else [one.new])
    ]
    assert any(after in text for text in texts), texts


def test_a_function_of_other_parameters_gets_none() -> None:
    assert made("softmax", "def softmax(s, axis):\n    return np.exp(s)") == []
