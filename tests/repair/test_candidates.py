"""Candidates are made from the tree that they change, each once, and leave it as it was."""

from __future__ import annotations

import ast

import pytest

from grader.course.course import find
from grader.repair import donors
from grader.repair.candidates import Candidate, Candidates
from grader.repair.kinds import KINDS, where

from .conftest import ROOT, code, task_of

SLIP = """
    def softmax(Z):
        e = np.exp(Z - Z.max(axis=0, keepdims=True))
        return e / e.sum(axis=0, keepdims=True)
"""
SOLUTIONS = sorted(path.stem for path in (ROOT / "reference").glob("*/*.py") if path.stem != "givens")


def made(text: str, *, given: bool = False) -> list[Candidate]:
    its = code("softmax", text)
    task = task_of("softmax")
    return Candidates(its, donors.of(task.source, "softmax") if given else None).made(
        Candidate(its.texts), 5000
    )


def test_one_slip_in_two_places_is_one_candidate() -> None:
    (both,) = [c for c in made(SLIP) if "axis=0" not in c.texts[0] and c.texts[0].count("axis=1") == 2]
    assert (both.steps[-1].kind, both.steps[-1].places) == ("axis", 2)


def test_each_text_is_made_once_and_the_likeliest_first() -> None:
    found = made(SLIP)
    assert len({c.texts for c in found}) == len(found)
    assert [c.cost for c in found] == sorted(c.cost for c in found)


def test_second_changes_keep_the_first() -> None:
    its = code("softmax", SLIP)
    every = Candidates(its)
    first = next(c for c in every.made(Candidate(its.texts), 5000) if "max(axis=1" in c.texts[0])
    second = every.made(first, 5000)
    kept = [c for c in second if c.steps[-1].thing == "sum"]
    assert kept
    assert all("Z.max(axis=1, keepdims=True)" in c.texts[0] for c in kept)
    assert any("sum(axis=1" in c.texts[0] for c in second)


def test_what_can_be_had_without_the_solution_is_no_donor() -> None:
    alone = {c.texts for c in made(SLIP)}
    marked = {c.texts for c in made(SLIP, given=True) if c.steps[-1].is_donor}
    assert marked
    assert not marked & alone


@pytest.mark.parametrize("slug", SOLUTIONS)
def test_every_change_of_a_solution_is_python_and_has_a_sentence(slug: str) -> None:
    source = find(ROOT).authored(slugs=[slug])[0].source
    tree = ast.parse(source)
    function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == slug)
    its = code(slug, ast.unparse(function))
    before = [ast.dump(unit) for unit in its.units]
    found = Candidates(its, donors.of(source, slug)).made(Candidate(its.texts), 400)
    assert [ast.dump(unit) for unit in its.units] == before
    assert len(found) >= 20
    for one in found:
        step = one.steps[-1]
        assert step.kind in KINDS
        assert where(step.kind, step.thing).startswith("Look at ")
    for one in found[::10]:
        assert compile("\n".join(one.texts), slug, "exec")
