"""An expression with something around it: a sign, a factor, one variable more, another type."""

from __future__ import annotations

import ast
from typing import Final

from grader.repair.building import Made, call, of_numpy, over, transposed
from grader.repair.change import Place, Scope

_WRAPPED: Final = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Attribute, ast.Subscript, ast.Compare)


def wrapped(place: Place, scope: Scope) -> Made:
    """Yield an expression with something around it: a sign, a factor, an axis, a type."""
    node = place.node
    is_operand = isinstance(
        place.holder, (ast.BinOp, ast.Return, ast.Assign, ast.AugAssign, ast.Tuple, ast.Call)
    )
    if not isinstance(node, _WRAPPED) or not is_operand or place.field in ("func", "targets", "target"):
        return
    if isinstance(node, ast.Name) and node.id not in scope.names:
        return
    assert isinstance(node, ast.expr)
    if not isinstance(node, ast.UnaryOp):
        yield "sign", ast.UnaryOp(ast.USub(), node)
    yield "factor", ast.BinOp(ast.Constant(2), ast.Mult(), node)
    yield "factor", ast.BinOp(node, ast.Div(), ast.Constant(2))
    yield "power", ast.BinOp(node, ast.Pow(), ast.Constant(2))
    yield "complement", ast.BinOp(ast.Constant(1), ast.Sub(), node)
    yield "complement", ast.BinOp(ast.Constant(1), ast.Add(), node)
    yield "inverse", over(1, node)
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) or isinstance(place.holder, ast.Return):
        yield "rows and columns", transposed(node)
    every = ast.Slice()
    yield "another axis", ast.Subscript(node, ast.Tuple([every, ast.Constant(None)], ast.Load()), ast.Load())
    yield "copy", ast.Call(ast.Attribute(node, "copy"), [], [])
    if scope.numpy:
        for name in ("sqrt", "exp", "log", "sum", "mean"):
            yield "function around", call(of_numpy(scope, name), node)
        yield "as floats", ast.Call(of_numpy(scope, "asarray"), [node, ast.Name("float")], [])
    if isinstance(place.holder, ast.Return):
        yield "as a number", call(ast.Name("float"), node)
        yield "as a number", call(ast.Name("int"), node)
        if scope.numpy:
            yield "as an array", call(of_numpy(scope, "array"), node)
    yield from _combined(node, scope)


def _combined(node: ast.expr, scope: Scope) -> Made:
    """Yield an expression with one variable more: times n, divided by n, plus b, minus m."""
    for name in scope.names:
        if isinstance(node, ast.Name) and node.id == name:
            continue
        for op in (ast.Mult, ast.Div, ast.Add, ast.Sub):
            yield "operand added", ast.BinOp(node, op(), ast.Name(name))
    for name in scope.parameters:
        lengths: list[ast.expr] = [
            call(ast.Name("len"), ast.Name(name)),
            ast.Attribute(ast.Name(name), "size"),
        ]
        lengths += [ast.Subscript(ast.Attribute(ast.Name(name), "shape"), ast.Constant(1), ast.Load())]
        for length in lengths:
            yield "divided by a length", ast.BinOp(node, ast.Div(), length)
            yield "times a length", ast.BinOp(node, ast.Mult(), length)
