"""Small expressions are what Python would parse from the text that they are written as."""

from __future__ import annotations

import ast

import pytest

from grader.repair import building
from grader.repair.change import Scope


def parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (building.transposed(parsed("x")), "x.T"),
        (building.transposed(parsed("x.T")), "x"),
        (building.of_numpy(Scope((), (), "np"), "sqrt"), "np.sqrt"),
        (building.call(parsed("f"), parsed("x"), parsed("y")), "f(x, y)"),
        (building.number(-2), "-2"),
        (building.over(1, parsed("n")), "1 / n"),
    ],
)
def test_an_expression_is_built(made: ast.expr, text: str) -> None:
    assert ast.unparse(made) == text
    assert ast.dump(parsed(ast.unparse(made))) == ast.dump(parsed(text))


@pytest.mark.parametrize(
    ("text", "more", "less"),
    [
        ("3", "4", "2"),
        ("0", "1", "-1"),
        ("n", "n + 1", "n - 1"),
        ("n - 1", "n", "n - 1 - 1"),
        ("n + 1", "n + 1 + 1", "n"),
    ],
)
def test_a_step_more_or_less_is_written_plainly(text: str, more: str, less: str) -> None:
    assert [ast.unparse(building.plus(parsed(text), step)) for step in (1, -1)] == [more, less]


def test_a_call_is_known_by_the_last_part_of_its_name() -> None:
    assert building.is_called(parsed("np.sum"), "mean", "sum")
    assert not building.is_called(parsed("np.sum"), "mean", "")


def test_a_flag_is_true() -> None:
    assert ast.unparse(ast.Call(parsed("f"), [], [building.flag("keepdims")])) == "f(keepdims=True)"
