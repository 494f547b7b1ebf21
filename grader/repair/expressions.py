"""Changes of one expression: operators, constants, names, calls, axes, shapes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any, Final

from grader.repair.change import Change, Place, Scope, thing
from grader.repair.code import is_read

Made = Iterator[tuple[str, ast.expr]]
"""Kinds of changes with the expressions that stand in place of another."""

_FAMILIES: Final = (
    ("sum", "mean", "median", "prod", "cumsum", "max"),
    ("max", "min", "maximum", "minimum"),
    ("amax", "amin", "maximum", "max"),
    ("log", "log2", "log10", "log1p", "exp"),
    ("exp", "expm1", "exp2", "log"),
    ("dot", "multiply", "matmul", "outer", "inner", "vdot"),
    ("zeros", "ones", "empty", "eye"),
    ("zeros_like", "ones_like", "empty_like"),
    ("sin", "cos", "tan", "sinh", "cosh", "tanh"),
    ("sinh", "cosh", "tanh", "sin", "cos", "tan"),
    ("std", "var"),
    ("argmax", "argmin", "argsort"),
    ("argsort", "sort", "argmax"),
    ("sqrt", "square", "abs"),
    ("floor", "ceil", "round", "trunc"),
    ("any", "all"),
    ("vstack", "hstack", "concatenate", "stack", "column_stack"),
    ("triu", "tril"),
    ("uniform", "normal", "standard_normal", "random"), ("rand", "random"), ("randn", "standard_normal"),
    ("eig", "eigh"), ("eigvals", "eigvalsh"), ("inv", "pinv"),
    ("nansum", "sum"), ("nanmean", "mean"), ("nanmax", "max"), ("nanmin", "min"), ("nanvar", "var"),
    ("fmax", "maximum"), ("fmin", "minimum"),
    ("less", "less_equal", "greater", "greater_equal"), ("greater", "greater_equal", "less", "less_equal"),
    ("tile", "repeat"), ("flatten", "copy"), ("ravel", "copy"), ("squeeze", "copy"),
)  # fmt: skip
_REDUCTIONS: Final = frozenset(
    "sum mean median prod max min amax amin std var argmax argmin any all norm cumsum argsort sort logsumexp "
    "nansum nanmean nanmax nanmin nanvar nanstd concatenate stack ptp average".split()
)
_KEEPS: Final = _REDUCTIONS - {"argsort", "sort", "cumsum", "concatenate", "stack"}
_ALLOCATIONS: Final = frozenset(
    "zeros ones empty full zeros_like ones_like empty_like full_like array asarray eye arange".split()
)
_ARITHMETIC: Final[tuple[type[ast.operator], ...]] = (
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.MatMult,
    ast.Pow,
)
_ORDER: Final[tuple[type[ast.cmpop], ...]] = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_PICKS: Final[tuple[type[ast.cmpop], ...]] = (ast.Is, ast.IsNot, ast.In, ast.NotIn)
_INVERSE: Final = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


def changes(place: Place, scope: Scope) -> Iterator[Change]:
    """Yield the changes of the expression at a place."""
    node = place.node
    if not isinstance(node, ast.expr) or not is_read(node):
        return
    for make in _MAKERS.get(type(node), ()):
        for kind, new in make(node, scope):
            yield Change(kind, place.holder, place.field, place.replaced(new), thing(node))
    for kind, new in _wrapped(place, scope):
        yield Change(kind, place.holder, place.field, place.replaced(new), thing(node))


def _operator(node: Any, _: Scope) -> Made:
    left, op, right = node.left, node.op, node.right
    for other in _ARITHMETIC:
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
        inverse = ast.UnaryOp(ast.USub(), right) if isinstance(op, ast.Sub) else _over(1, right)
        yield "operand left out", inverse
    if isinstance(left, ast.BinOp):  # (a / b) + c to a / (b + c)
        yield "grouping", ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
    if isinstance(right, ast.BinOp):  # a / (b + c) to (a / b) + c
        yield "grouping", ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)
    if isinstance(op, ast.Pow) and isinstance(left, ast.UnaryOp):  # (-a) ** 2 to -(a ** 2)
        yield "grouping", ast.UnaryOp(left.op, ast.BinOp(left.operand, op, right))
    if isinstance(op, ast.MatMult):
        for one, two in ((_t(left), right), (left, _t(right)), (_t(left), _t(right))):
            yield "transpose", ast.BinOp(one, op, two)
        yield "transpose", ast.BinOp(_t(right), op, left)
        yield "transpose", ast.BinOp(right, op, _t(left))


def _unary(node: Any, _: Scope) -> Made:
    yield "sign", node.operand
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


def _constant(node: Any, _: Scope) -> Made:
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


def _name(node: Any, scope: Scope) -> Made:
    if node.id not in scope.names:
        return
    for other in scope.names:
        if other != node.id:
            yield "another name", ast.Name(other)


def _attribute(node: Any, scope: Scope) -> Made:
    yield "attribute left out", node.value
    if node.attr == "random" and _is(node.value, scope.numpy):  # the generator that was passed
        for name in scope.parameters:
            yield "another name", ast.Name(name)
    if node.attr == "size":
        yield "length", _call(ast.Name("len"), node.value)
    if node.attr in ("exp", "log", "sqrt", "sin", "cos", "tanh", "pi", "e") and _is(node.value, "math"):
        if scope.numpy:
            yield "function", _np(scope, node.attr)


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
            ast.Slice(lower, _plus(upper, 1), step) if upper else None,
            ast.Slice(lower, _plus(upper, -1), step) if upper else None,
            ast.Slice(_plus(lower, 1), upper, step) if lower else ast.Slice(ast.Constant(1), upper, step),
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
        yield "index", ast.Subscript(node.value, _plus(index, 1), ast.Load())
        yield "index", ast.Subscript(node.value, _plus(index, -1), ast.Load())


def _a_call(node: Any, scope: Scope) -> Made:
    name = thing(node.func)
    its, keywords = node.args, node.keywords
    method = isinstance(node.func, ast.Attribute) and not _is(
        node.func.value, scope.numpy, "math", "linalg", "random"
    )
    if its:
        yield "call left out", its[0]
    if method:
        yield "call left out", node.func.value
    for at in range(min(len(its) - 1, 3)):
        swapped = [*its[:at], its[at + 1], its[at], *its[at + 2 :]]
        yield "arguments swapped", ast.Call(node.func, swapped, keywords)
    if len(its) > 1:
        yield "argument left out", ast.Call(node.func, its[:-1], keywords)
    for keyword in keywords:
        rest = [k for k in keywords if k is not keyword]
        kind = {"axis": "axis", "keepdims": "keepdims", "ddof": "ddof"}.get(
            keyword.arg or "", "argument left out"
        )
        yield kind, ast.Call(node.func, its, rest)
    yield from _other_function(node, name, scope)
    if name in _REDUCTIONS:
        yield from _reduced(node, name, method=method)
    if name in _ALLOCATIONS and not any(k.arg == "dtype" for k in keywords):
        yield "dtype", ast.Call(node.func, its, [*keywords, ast.keyword("dtype", ast.Name("float"))])
    elif name in _ALLOCATIONS:
        kept = [ast.keyword("dtype", ast.Name("float")) if k.arg == "dtype" else k for k in keywords]
        yield "dtype", ast.Call(node.func, its, kept)
    if name == "astype":
        yield "dtype", ast.Call(node.func, [ast.Name("float")], [])
    if name == "exp" and its and not _is_shifted(its[0]):
        for shift in _shifts(its[0], scope):
            yield "shift in exp", ast.Call(node.func, [ast.BinOp(its[0], ast.Sub(), shift)], keywords)
    if name == "range":
        yield from _ranged(node)
    if name == "dot" and method and its:
        yield "transpose", ast.Call(ast.Attribute(_t(node.func.value), "dot"), its, keywords)
        yield "transpose", ast.Call(node.func, [_t(its[0])], keywords)


def _other_function(node: Any, name: str, scope: Scope) -> Made:
    for family in _FAMILIES:
        if name != family[0] and name not in family[1:]:
            continue
        for other in family:
            if other == name:
                continue
            if isinstance(node.func, ast.Attribute) and not _is(node.func.value, "math"):
                yield "function", ast.Call(ast.Attribute(node.func.value, other), node.args, node.keywords)
            elif scope.numpy:
                yield "function", ast.Call(_np(scope, other), node.args, node.keywords)
    if (
        isinstance(node.func, ast.Name)
        and name in ("sum", "max", "min", "abs", "round", "pow")
        and scope.numpy
    ):
        yield "function", ast.Call(_np(scope, name), node.args, node.keywords)


def _reduced(node: Any, name: str, *, method: bool) -> Made:
    its, keywords = node.args, node.keywords
    at = 0 if method else 1
    kept = [k for k in keywords if k.arg not in ("axis", "keepdims")]
    now = next((k.value for k in keywords if k.arg == "axis"), its[at] if len(its) > at else None)
    keeps = next((k for k in keywords if k.arg == "keepdims"), None)
    first = its[:at] if len(its) > at and name != "norm" else its
    for axis in (0, 1, -1):
        value: ast.expr = ast.Constant(axis) if axis >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(1))
        same = now is not None and ast.dump(now) == ast.dump(value)
        mine = ast.keyword("axis", value)
        if not same:
            yield "axis", ast.Call(node.func, first, [*kept, mine, *([keeps] if keeps else [])])
        if keeps is None and name in _KEEPS:
            kind = "keepdims" if same else "axis and keepdims"
            yield kind, ast.Call(node.func, first, [*kept, mine, _flag("keepdims")])
    if keeps is None and now is not None and name in _KEEPS:
        yield "keepdims", ast.Call(node.func, its, [*keywords, _flag("keepdims")])
    if now is not None:
        yield "axis", ast.Call(node.func, first, kept)
    if name in ("std", "var") and not any(k.arg == "ddof" for k in keywords):
        yield "ddof", ast.Call(node.func, its, [*keywords, ast.keyword("ddof", ast.Constant(1))])


def _ranged(node: Any) -> Made:
    its = node.args
    if len(its) == 1:
        yield "range", ast.Call(node.func, [ast.Constant(1), *its], [])
        for step in (1, -1):
            yield "range", ast.Call(node.func, [_plus(its[0], step)], [])
        yield "range", ast.Call(node.func, [ast.Constant(1), _plus(its[0], 1)], [])
    elif len(its) >= 2:
        for step in (1, -1):
            yield "range", ast.Call(node.func, [its[0], _plus(its[1], step), *its[2:]], [])
            yield "range", ast.Call(node.func, [_plus(its[0], step), *its[1:]], [])
        yield "range", ast.Call(node.func, [its[1]], [])


def _shifts(node: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    for axis in (1, -1, None):
        keywords = [] if axis is None else [ast.keyword("axis", _number(axis)), _flag("keepdims")]
        if scope.numpy:
            yield ast.Call(_np(scope, "max"), [node], keywords)


def _is_shifted(node: ast.expr) -> bool:
    """Return whether something like a maximum is subtracted already: then that is what to look at."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and (isinstance(node.right, ast.Name) or any(isinstance(n, ast.Call) for n in ast.walk(node.right)))
    )


def _comprehension(node: Any, scope: Scope) -> Made:
    if scope.numpy:
        yield "as an array", _call(_np(scope, "array"), node)


_MAKERS: Final[dict[type[ast.AST], tuple[Callable[[Any, Scope], Made], ...]]] = {
    ast.BinOp: (_operator,), ast.UnaryOp: (_unary,), ast.Compare: (_compare,), ast.BoolOp: (_boolean,),
    ast.Constant: (_constant,), ast.Name: (_name,), ast.Attribute: (_attribute,), ast.IfExp: (_conditional,),
    ast.Tuple: (_tuple,), ast.List: (_tuple,), ast.Subscript: (_subscript,), ast.Call: (_a_call,),
    ast.ListComp: (_comprehension,),
}  # fmt: skip
_WRAPPED: Final = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Attribute, ast.Subscript, ast.Compare)


def _wrapped(place: Place, scope: Scope) -> Made:
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
    yield "inverse", _over(1, node)
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) or isinstance(place.holder, ast.Return):
        yield "transpose", _t(node)
    every = ast.Slice()
    yield "another axis", ast.Subscript(node, ast.Tuple([every, ast.Constant(None)], ast.Load()), ast.Load())
    yield "copy", ast.Call(ast.Attribute(node, "copy"), [], [])
    if scope.numpy:
        for name in ("sqrt", "exp", "log", "sum", "mean"):
            yield "function around", _call(_np(scope, name), node)
        yield "as floats", ast.Call(_np(scope, "asarray"), [node, ast.Name("float")], [])
    if isinstance(place.holder, ast.Return):
        yield "as a number", _call(ast.Name("float"), node)
        yield "as a number", _call(ast.Name("int"), node)
        if scope.numpy:
            yield "as an array", _call(_np(scope, "array"), node)
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
            _call(ast.Name("len"), ast.Name(name)),
            ast.Attribute(ast.Name(name), "size"),
        ]
        lengths += [ast.Subscript(ast.Attribute(ast.Name(name), "shape"), ast.Constant(1), ast.Load())]
        for length in lengths:
            yield "divided by a length", ast.BinOp(node, ast.Div(), length)
            yield "times a length", ast.BinOp(node, ast.Mult(), length)


def _t(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else ast.Attribute(node, "T")


def _is(node: ast.AST, *names: str) -> bool:
    return thing(node) in [n for n in names if n]


def _np(scope: Scope, name: str) -> ast.expr:
    return ast.Attribute(ast.Name(scope.numpy), name)


def _call(function: ast.expr, *arguments: ast.expr) -> ast.Call:
    return ast.Call(function, list(arguments), [])


def _flag(name: str) -> ast.keyword:
    return ast.keyword(name, ast.Constant(True))


def _number(value: int) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _over(top: int, node: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(top), ast.Div(), node)


def _plus(node: ast.expr, step: int) -> ast.expr:
    """Return a number, or a sum, that is larger by 1 or smaller; `n - 1` becomes `n`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return _number(node.value + step)
    if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) and node.right.value == 1:
        if isinstance(node.op, ast.Sub if step > 0 else ast.Add):
            return node.left
    return ast.BinOp(node, ast.Add() if step > 0 else ast.Sub(), ast.Constant(1))
