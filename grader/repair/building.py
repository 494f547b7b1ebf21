"""Small expressions of which changes are made."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.repair.change import Scope, thing

Made = Iterator[tuple[str, ast.expr]]
"""Kinds of changes with the expressions that stand in place of another."""


def transposed(node: ast.expr) -> ast.expr:
    """Return `x.T`, or `x` for `x.T`."""
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else ast.Attribute(node, "T")


def is_called(node: ast.AST, *names: str) -> bool:
    """Return whether a name, or the last part of a dotted one, is one of these."""
    return thing(node) in [name for name in names if name]


def of_numpy(scope: Scope, name: str) -> ast.expr:
    """Return a function of NumPy under the file's name for it."""
    return ast.Attribute(ast.Name(scope.numpy), name)


def call(function: ast.expr, *arguments: ast.expr) -> ast.Call:
    """Return a call."""
    return ast.Call(function, list(arguments), [])


def flag(name: str) -> ast.keyword:
    """Return `name=True`."""
    return ast.keyword(name, ast.Constant(True))


def number(value: int) -> ast.expr:
    """Return a whole number as Python would parse it."""
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def over(top: int, node: ast.expr) -> ast.expr:
    """Return `top / node`."""
    return ast.BinOp(ast.Constant(top), ast.Div(), node)


def plus(node: ast.expr, step: int) -> ast.expr:
    """Return a number, or a sum, that is larger by 1 or smaller; `n - 1` becomes `n`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return number(node.value + step)
    match node:
        case ast.BinOp(left, ast.Sub(), ast.Constant(1)) if step > 0:
            return left
        case ast.BinOp(left, ast.Add(), ast.Constant(1)) if step < 0:
            return left
    return ast.BinOp(node, ast.Add() if step > 0 else ast.Sub(), ast.Constant(1))
