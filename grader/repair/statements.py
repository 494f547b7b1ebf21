"""Changes of whole statements: left out, moved, turned, added."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from grader.repair.change import Change, Scope, short, thing

_BODIES = ("body", "orelse")


def changes(holder: ast.AST, scope: Scope) -> Iterator[Change]:
    """Yield the changes of the statements that hang directly below a node."""
    for field in _BODIES:
        body = getattr(holder, field, None)
        if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
            yield from _in_body(holder, field, body, scope)
    if isinstance(holder, (ast.If, ast.While)):
        negated = _negated(holder.test)
        yield Change("condition", holder, "test", negated, short(holder.test))


def first_lines(function: ast.FunctionDef, scope: Scope) -> Iterator[Change]:
    """Yield changes that put one line before all others: a copy of an argument, or its conversion."""
    for name in scope.parameters[:6]:
        for kind, value in _prepared(ast.Name(name), scope):
            line = ast.Assign([ast.Name(name, ast.Store())], value, lineno=function.lineno)
            yield Change(kind, function, "body", [line, *function.body], name)


def _prepared(name: ast.expr, scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    if not scope.numpy:
        return
    np = ast.Name(scope.numpy)
    yield "as floats first", ast.Call(ast.Attribute(np, "asarray"), [name, ast.Name("float")], [])
    yield "copy first", ast.Call(ast.Attribute(np, "array"), [name], [])
    yield "copy first", ast.Call(ast.Attribute(np, "array"), [name, ast.Name("float")], [])
    yield "as an array first", ast.Call(ast.Attribute(np, "asarray"), [name], [])


def _in_body(holder: Any, field: str, body: list[ast.stmt], scope: Scope) -> Iterator[Change]:
    is_loop = isinstance(holder, (ast.For, ast.While)) and field == "body"
    for at, statement in enumerate(body):
        before, after = body[:at], body[at + 1 :]
        yield Change("statement left out", holder, field, [*before, *after] or [ast.Pass()], _head(statement))
        if after:
            swapped = [*before, after[0], statement, *after[1:]]
            yield Change("statements swapped", holder, field, swapped, _head(statement))
        for kind, new in _turned(statement, in_loop=is_loop):
            if kind == "return added" and after:  # what follows would never run
                continue
            yield Change(kind, holder, field, [*before, *new, *after], _head(statement))
        if isinstance(statement, (ast.For, ast.While)):
            yield from _around_loop(holder, field, body, at)
    last = body[-1]
    if isinstance(holder, ast.FunctionDef) and field == "body" and not isinstance(last, ast.Return):
        for name in reversed(scope.variables):
            yield Change("return added", holder, field, [*body, ast.Return(ast.Name(name))], name)


def _turned(statement: ast.stmt, *, in_loop: bool) -> Iterator[tuple[str, list[ast.stmt]]]:
    """Yield statements in place of one."""
    match statement:
        case ast.AugAssign(target, op, value):
            loaded = _loaded(target)
            yield "in place", [ast.Assign([target], ast.BinOp(loaded, op, value), lineno=0)]
            for other in (ast.Add, ast.Sub, ast.Mult, ast.Div):
                if not isinstance(op, other):
                    yield "operator", [ast.AugAssign(target, other(), value)]
            yield "accumulation", [ast.Assign([target], value, lineno=0)]
        case ast.Assign([ast.Name() | ast.Subscript() as target], value) if in_loop:
            for op in (ast.Add(), ast.Mult()):
                yield "accumulation", [ast.AugAssign(target, op, value)]
        case ast.Expr(ast.Call(ast.Name("print"), [value, *_])):
            yield "return added", [ast.Return(value)]
        case ast.Expr(value):
            yield "return added", [ast.Return(value)]
            match value:
                case ast.Call(ast.Attribute(ast.Name() as name, _), _, _):
                    yield "result kept", [ast.Assign([ast.Name(name.id, ast.Store())], value, lineno=0)]
        case ast.Assign([ast.Name()], value):
            yield "return added", [ast.Return(value)]
        case ast.If(_, body, orelse):
            yield "condition left out", body
            if orelse:
                yield "condition left out", orelse
        case ast.Return(value) if value is not None and in_loop:
            yield "return too early", [ast.Pass()]


def _around_loop(holder: Any, field: str, body: list[ast.stmt], at: int) -> Iterator[Change]:
    """Yield bodies in which the last statement of a loop comes after it, or the next one moves into it."""
    loop: Any = body[at]
    for levels in (0, 1):
        inner = loop.body
        if levels and not isinstance(inner[-1], (ast.For, ast.While, ast.If)):
            break
        if len(inner) > 1:
            shorter = _copied(loop, body=inner[:-1])
            moved = [*body[:at], shorter, inner[-1], *body[at + 1 :]]
            yield Change("out of the loop", holder, field, moved, _head(inner[-1]))
        if len(inner) > 1:
            first = _copied(loop, body=inner[1:])
            yield Change(
                "out of the loop",
                holder,
                field,
                [*body[:at], inner[0], first, *body[at + 1 :]],
                _head(inner[0]),
            )
        break
    if at + 1 < len(body):
        longer = _copied(loop, body=[*loop.body, body[at + 1]])
        yield Change(
            "into the loop", holder, field, [*body[:at], longer, *body[at + 2 :]], _head(body[at + 1])
        )
    if at:
        longer = _copied(loop, body=[body[at - 1], *loop.body])
        yield Change(
            "into the loop", holder, field, [*body[: at - 1], longer, *body[at + 1 :]], _head(body[at - 1])
        )


def _copied(loop: Any, *, body: list[ast.stmt]) -> Any:
    if isinstance(loop, ast.For):
        return ast.For(loop.target, loop.iter, body, loop.orelse, lineno=0)
    return ast.While(loop.test, body, loop.orelse)


def _loaded(target: ast.AST) -> ast.expr:
    """Return the target of an assignment as an expression that reads it."""
    match target:
        case ast.Name(name):
            return ast.Name(name, ast.Load())
        case ast.Subscript(value, index):
            return ast.Subscript(value, index, ast.Load())
        case ast.Attribute(value, name):
            return ast.Attribute(value, name, ast.Load())
    raise TypeError(f"{target} is no target")


def _negated(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return node.operand
    return ast.UnaryOp(ast.Not(), node)


def _head(statement: ast.stmt) -> str:
    return thing(statement) or short(statement)
