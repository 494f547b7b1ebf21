"""Finders of signs read a name, what a function uses and what it takes in one way."""

from __future__ import annotations

import ast

import pytest

from grader.explain.sign import last_name, names_read, parameters


@pytest.mark.parametrize(
    ("code", "name"),
    [("max", "max"), ("np.max", "max"), ("np.linalg.inv", "inv"), ("f(x)", "")],
)
def test_a_function_is_known_by_its_last_name(code: str, name: str) -> None:
    assert last_name(ast.parse(code, mode="eval").body) == name


def test_a_name_that_is_only_assigned_is_not_read() -> None:
    assert names_read(ast.walk(ast.parse("y = x + z.a\nw[0] = 1\nfor v in ():\n    del u\n"))) == {
        *("x", "z", "w", "u")
    }


def test_parameters_of_every_kind_have_names_and_those_of_a_star_are_left_out() -> None:
    (function,) = ast.parse("def f(a, /, b, *c, d=1, **e): pass").body
    assert isinstance(function, ast.FunctionDef)
    assert parameters(function) == ["a", "b", "d"]
