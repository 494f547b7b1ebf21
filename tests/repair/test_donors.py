"""Code of the solution, in the student's names; a mistake's own pair can be left out."""

from __future__ import annotations

import ast

from grader.repair import donors
from grader.repair.places import places, scope_of
from grader.repair.transplants import changes

from .conftest import code, task_of


def test_the_solution_gives_expressions_steps_and_patterns() -> None:
    its = donors.of(task_of("softmax").source, "softmax")
    assert its.parameters == ("Z",)
    assert "exp.sum(axis=1, keepdims=True)" in map(ast.unparse, its.expressions)
    assert "_gap / _gap.sum(axis=1, keepdims=True)" not in map(ast.unparse, its.steps)
    assert {ast.unparse(p.wrong) for p in its.patterns} >= {"np.exp(Z)"}


def test_the_pair_of_a_mistake_can_be_left_out() -> None:
    source = task_of("softmax").source
    every, fewer = (donors.of(source, "softmax", name).patterns for name in ("", "keepdims_forgotten"))
    wrong = {ast.unparse(p.wrong) for p in every} - {ast.unparse(p.wrong) for p in fewer}
    assert wrong == {"exp / exp.sum(axis=1)", "exp.sum(axis=1)"}


def test_donors_are_written_in_the_names_of_the_student() -> None:
    task = task_of("one_hot")
    its = code("one_hot", "def one_hot(classes, k):\n    return np.eye(k)[classes]")
    unit = its.units[0]
    assert isinstance(unit, ast.FunctionDef)
    made = changes(unit, list(places(unit)), donors.of(task.source, "one_hot"), scope_of(unit, its))
    guards = [change for change in made if change.kind == "guard"]
    assert guards
    for guard in guards:
        text = ast.unparse(guard.new[0])
        assert "classes" in text
        assert "labels <" not in text
        assert guard.is_donor
