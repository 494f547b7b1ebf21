"""Every change of one place of a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from grader.repair import expressions, statements
from grader.repair.change import Change, Place, Scope
from grader.repair.code import Code, Unit, names_of

_SKIPPED = (ast.Raise, ast.arg, ast.JoinedStr)
"""Below these no expression is changed: a task's text specifies no messages."""


def changes(code: Code) -> Iterator[tuple[int, Change]]:
    """Yield each change with the position of its unit."""
    for number, unit in enumerate(code.units):
        scope = scope_of(unit, code)
        for function in _functions(unit):
            if isinstance(function, ast.FunctionDef):
                yield from ((number, one) for one in statements.first_lines(function, scope))
        for holder in _holders(unit):
            yield from ((number, one) for one in statements.changes(holder, scope))
        for place in places(unit):
            yield from ((number, one) for one in expressions.changes(place, scope))


def _functions(unit: Unit) -> Iterator[ast.AST]:
    yield from (n for n in ast.walk(unit) if isinstance(n, (ast.FunctionDef, ast.Lambda)))


def scope_of(unit: Unit, code: Code) -> Scope:
    """Return the names of the functions in a unit."""
    parameters: dict[str, None] = {}
    variables: dict[str, None] = {}
    for function in _functions(unit):
        its, others = names_of(function)  # type: ignore[arg-type]  # a function or a lambda
        parameters |= dict.fromkeys(its)
        variables |= dict.fromkeys(n for n in others if n not in parameters)
    return Scope(tuple(p for p in parameters if p != "self"), tuple(variables), code.numpy)


def _holders(unit: Unit) -> Iterator[ast.AST]:
    yield from (
        n for n in ast.walk(unit) if isinstance(n, (ast.FunctionDef, ast.For, ast.While, ast.If, ast.With))
    )


def places(top: ast.AST) -> Iterator[Place]:
    """Yield the places of all expressions that are read, in the order of the source."""
    for holder in _parents(top):
        for field, value in ast.iter_fields(holder):
            if (isinstance(holder, ast.keyword) and field != "value") or field in (
                "targets",
                "target",
                "returns",
            ):
                continue
            if isinstance(value, ast.expr) and not isinstance(value, ast.Slice):
                yield Place(holder, field, None, value)
            elif isinstance(value, list):
                yield from (
                    Place(holder, field, i, item)
                    for i, item in enumerate(value)
                    if isinstance(item, ast.expr) and not isinstance(item, ast.Slice)
                )


def _parents(node: Any) -> Iterator[ast.AST]:
    if isinstance(node, _SKIPPED):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _parents(child)
