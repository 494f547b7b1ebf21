"""Changes of one expression: operators, comparisons, constants, names, indices."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any, Final

from grader.repair import calls, wrapping
from grader.repair.building import Made, call, is_called, of_numpy, over, plus, transposed
from grader.repair.change import Change, Place, Scope, thing
from grader.repair.code import is_read

_ARITHMETIC: Final[tuple[type[ast.operator], ...]] = (
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.MatMult,
    ast.Pow,
)
_ORDER: Final[tuple[type[ast.cmpop], ...]] = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_WHOLE: Final[dict[type[ast.operator], tuple[type[ast.operator], ...]]] = {
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv, ast.Div),
}
"""What may stand for an operator of whole numbers: a loop of `n + size` rounds hides a lacking one."""
_OF_MATH: Final = ("exp", "log", "sqrt", "sin", "cos", "tanh")
"""Functions of numbers that NumPy has for arrays."""
_PICKS: Final[tuple[type[ast.cmpop], ...]] = (ast.Is, ast.IsNot, ast.In, ast.NotIn)


def changes(place: Place, scope: Scope) -> Iterator[Change]:
    """Yield the changes of the expression at a place."""
    node = place.node
    if not isinstance(node, ast.expr) or not is_read(node):
        return
    its = thing(node)
    for make in _MAKERS.get(type(node), ()):
        for kind, new in make(node, scope):
            yield Change(kind, place.holder, place.field, place.replaced(new), its)
    for kind, new in wrapping.wrapped(place, scope):
        yield Change(kind, place.holder, place.field, place.replaced(new), its)


def _operator(node: Any, _: Scope) -> Made:
    left, op, right = node.left, node.op, node.right
    for other in _WHOLE.get(type(op), _ARITHMETIC):
        if not isinstance(op, other):
            yield "operator", ast.BinOp(left, other(), right)
    if isinstance(op, (ast.BitAnd, ast.BitOr, ast.BitXor)):
        for sign in (ast.BitAnd, ast.BitOr):
            if not isinstance(op, sign):
                yield "operator", ast.BinOp(left, sign(), right)
    if not isinstance(op, (ast.Add, ast.Mult)):
        yield "operands swapped", ast.BinOp(right, op, left)
    yield "operand left out", left
    yield "operand left out", right
    if isinstance(op, (ast.Sub, ast.Div)):
        inverse = ast.UnaryOp(ast.USub(), right) if isinstance(op, ast.Sub) else over(1, right)
        yield "operand left out", inverse
    if isinstance(left, ast.BinOp):  # (a / b) + c to a / (b + c)
        yield "grouping", ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
    if isinstance(right, ast.BinOp):  # a / (b + c) to (a / b) + c
        yield "grouping", ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)
    if isinstance(op, ast.Pow) and isinstance(left, ast.UnaryOp):  # (-a) ** 2 to -(a ** 2)
        yield "grouping", ast.UnaryOp(left.op, ast.BinOp(left.operand, op, right))
    if isinstance(op, ast.MatMult):
        for one, two in (
            (transposed(left), right),
            (left, transposed(right)),
            (transposed(left), transposed(right)),
        ):
            yield "transpose", ast.BinOp(one, op, two)
        yield "transpose", ast.BinOp(transposed(right), op, left)
        yield "transpose", ast.BinOp(right, op, transposed(left))


def _unary(node: Any, _: Scope) -> Made:
    yield "sign", node.operand
    if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        yield "constant", ast.Constant(0)
    if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.BinOp):
        inner = node.operand
        if isinstance(inner.op, ast.Pow):
            yield "grouping", ast.BinOp(ast.UnaryOp(ast.USub(), inner.left), inner.op, inner.right)


def _compare(node: Any, scope: Scope) -> Made:
    if len(node.ops) != 1:
        return
    op, sides = node.ops[0], (node.left, node.comparators[0])
    is_text = any(isinstance(s, ast.Constant) and isinstance(s.value, (str, type(None))) for s in sides)
    group = _PICKS if isinstance(op, _PICKS) else (ast.Eq, ast.NotEq) if is_text else _ORDER
    for other in group:
        if not isinstance(op, other):
            yield "comparison", ast.Compare(node.left, [other()], node.comparators)
    yield "as floats", ast.Call(ast.Attribute(node, "astype"), [ast.Name("float")], [])
    yield "as floats", ast.BinOp(node, ast.Mult(), ast.Constant(1.0))


def _boolean(node: Any, _: Scope) -> Made:
    yield "condition", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for value in node.values:
        rest = [v for v in node.values if v is not value]
        yield "condition", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _constant(node: Any, scope: Scope) -> Made:
    value = node.value
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, (int, float)):
        others: list[int | float] = [value + 1, value - 1, -value, 2 * value, value / 2, 0, 1]
        others += [1 / value] if value else []
        kept = {repr(o): o for o in others if type(o) is type(value) or isinstance(value, int)}
        for other in kept.values():
            if other != value or type(other) is not type(value):
                new = ast.Constant(abs(other))
                yield "constant", ast.UnaryOp(ast.USub(), new) if other < 0 else new
        for name in scope.parameters:
            yield "name for a number", ast.Name(name)


def _name(node: Any, scope: Scope) -> Made:
    if node.id not in scope.names:
        return
    for other in scope.names:
        if other != node.id:
            yield "another name", ast.Name(other)


def _attribute(node: Any, scope: Scope) -> Made:
    yield "attribute left out", node.value
    if node.attr == "random" and is_called(node.value, scope.numpy):  # the generator that was passed
        for name in scope.parameters:
            yield "another name", ast.Name(name)
    if node.attr == "size":
        yield "length", call(ast.Name("len"), node.value)
    if scope.numpy and node.attr in _OF_MATH and is_called(node.value, "math"):
        yield "function", of_numpy(scope, node.attr)


def _conditional(node: Any, _: Scope) -> Made:
    yield "branches swapped", ast.IfExp(node.test, node.orelse, node.body)
    yield "branch left out", node.body
    yield "branch left out", node.orelse


def _tuple(node: Any, _: Scope) -> Made:
    elements = node.elts
    for at in range(len(elements) - 1):
        swapped = [*elements[:at], elements[at + 1], elements[at], *elements[at + 2 :]]
        yield "order of values", type(node)(swapped, ast.Load())
    for at, one in enumerate(elements):
        if len(elements) > 1:
            yield "value left out", type(node)([*elements[:at], *elements[at + 1 :]], ast.Load())
        if len(elements) <= 2:
            yield "value left out", one


def _subscript(node: Any, scope: Scope) -> Made:
    yield "index left out", node.value
    index = node.slice
    if isinstance(index, ast.Slice):
        lower, upper, step = index.lower, index.upper, index.step
        for new in (
            ast.Slice(None, upper, step), ast.Slice(lower, None, step), ast.Slice(lower, upper, None),
            ast.Slice(lower, plus(upper, 1), step) if upper else None,
            ast.Slice(lower, plus(upper, -1), step) if upper else None,
            ast.Slice(plus(lower, 1), upper, step) if lower else ast.Slice(ast.Constant(1), upper, step),
            None if upper else ast.Slice(lower, ast.UnaryOp(ast.USub(), ast.Constant(1)), step),
        ):  # fmt: skip
            if new is not None:
                yield "slice", ast.Subscript(node.value, new, ast.Load())
    elif isinstance(index, ast.Tuple) and len(index.elts) > 1:
        turned = ast.Tuple([index.elts[1], index.elts[0], *index.elts[2:]], ast.Load())
        yield "index", ast.Subscript(node.value, turned, ast.Load())
    elif not isinstance(index, ast.Constant):
        every: ast.expr = ast.Slice()
        for pair in ([every, index], [index, every]):
            yield "index", ast.Subscript(node.value, ast.Tuple(pair, ast.Load()), ast.Load())
        yield "index", ast.Subscript(node.value, plus(index, 1), ast.Load())
        yield "index", ast.Subscript(node.value, plus(index, -1), ast.Load())


def _comprehension(node: Any, scope: Scope) -> Made:
    if scope.numpy:
        yield "as an array", call(of_numpy(scope, "array"), node)


_MAKERS: Final[dict[type[ast.AST], tuple[Callable[[Any, Scope], Made], ...]]] = {
    ast.BinOp: (_operator,), ast.UnaryOp: (_unary,), ast.Compare: (_compare,), ast.BoolOp: (_boolean,),
    ast.Constant: (_constant,), ast.Name: (_name,), ast.Attribute: (_attribute,), ast.IfExp: (_conditional,),
    ast.Tuple: (_tuple,), ast.List: (_tuple,), ast.Subscript: (_subscript,), ast.Call: (calls.changed,),
    ast.ListComp: (_comprehension,),
}  # fmt: skip
