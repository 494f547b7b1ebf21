"""A change is measured by the nodes that go and come, and is taken back."""

from __future__ import annotations

import ast

from grader.repair.change import short, thing
from grader.repair.places import changes

from .conftest import code


def test_a_change_is_taken_back_also_after_an_error() -> None:
    its = code("f", "def f(a):\n    return a + 1")
    before = ast.dump(its.units[0])
    for _, change in changes(its):
        try:
            with change.made():
                raise ValueError
        except ValueError:
            assert ast.dump(its.units[0]) == before


def test_the_same_slip_has_the_same_pattern_whatever_stands_around_it() -> None:
    its = code("f", "def f(a):\n    return np.max(a, axis=0) / (a + 1).sum(axis=0)")
    found = [c for _, c in changes(its) if c.kind == "axis" and "axis=1" in ast.unparse(c.new)]
    patterns = {c.pattern for c in found}
    assert len(found) == 2
    assert len(patterns) == 1


def test_nodes_that_stay_do_not_count() -> None:
    its = code("f", "def f(a, b):\n    return np.exp(a) * np.log(a)")
    distances = {c.distance for _, c in changes(its) if c.kind == "operator"}
    assert distances == {2}


def test_a_thing_is_a_word_of_the_code_and_never_long() -> None:
    assert [thing(ast.parse(t, mode="eval").body) for t in ("np.sum(a)", "a @ b", "n", "x.shape[0]")] == [
        "sum",
        "@",
        "n",
        "x.shape[0]",
    ]
    assert short(ast.parse("a + " * 30 + "b", mode="eval").body) == ""
