"""Changes of one call: its function, its arguments, the axis of a reduction, the type of an array."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Final

from grader.repair.building import Made, flag, is_called, number, of_numpy, plus, transposed
from grader.repair.change import Scope, thing

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
    ("uniform", "normal", "standard_normal", "random"),
    ("eig", "eigh"), ("eigvals", "eigvalsh"), ("inv", "pinv"),
    ("less", "less_equal", "greater", "greater_equal"), ("greater", "greater_equal", "less", "less_equal"),
    ("tile", "repeat"),
)  # fmt: skip
_ONE_WAY: Final = {
    "nansum": "sum", "nanmean": "mean", "nanmax": "max", "nanmin": "min", "nanvar": "var", "nanstd": "std",
    "fmax": "maximum", "fmin": "minimum", "rand": "random", "randn": "standard_normal",
    "flatten": "copy", "ravel": "copy", "squeeze": "copy",
}  # fmt: skip
"""Functions and what may stand for them; the other way round, as `nansum` for `sum`, would mask a symptom."""
_REDUCTIONS: Final = frozenset({
    "sum", "mean", "median", "prod", "max", "min", "amax", "amin", "std", "var", "argmax", "argmin", "any",
    "all", "norm", "cumsum", "argsort", "sort", "logsumexp", "nansum", "nanmean", "nanmax", "nanmin",
    "nanvar", "nanstd", "concatenate", "stack", "ptp", "average",
})  # fmt: skip
_KEEPS: Final = _REDUCTIONS - {"argsort", "sort", "cumsum", "concatenate", "stack"}
_ALLOCATIONS: Final = frozenset({
    "zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like", "array",
    "asarray", "eye", "arange",
})  # fmt: skip


def changed(node: Any, scope: Scope) -> Made:
    name = thing(node.func)
    its, keywords = node.args, node.keywords
    method = isinstance(node.func, ast.Attribute) and not is_called(
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
    if name == "copy":
        copied = its[0] if its else node.func.value if method else None
        if copied is not None:
            yield "dtype", ast.Call(ast.Attribute(copied, "astype"), [ast.Name("float")], [])
    if name == "astype":
        yield "dtype", ast.Call(node.func, [ast.Name("float")], [])
    if name == "exp" and its and not _is_shifted(its[0]):
        for shift in _shifts(its[0], scope):
            yield "shift in exp", ast.Call(node.func, [ast.BinOp(its[0], ast.Sub(), shift)], keywords)
    if name == "range":
        yield from _ranged(node)
    if name == "dot" and method and its:
        yield "transpose", ast.Call(ast.Attribute(transposed(node.func.value), "dot"), its, keywords)
        yield "transpose", ast.Call(node.func, [transposed(its[0])], keywords)


def _other_function(node: Any, name: str, scope: Scope) -> Made:
    for family in (*_FAMILIES, *([(_ONE_WAY[name], name)] if name in _ONE_WAY else [])):
        if name not in family:
            continue
        for other in family:
            if other == name:
                continue
            if isinstance(node.func, ast.Attribute) and not is_called(node.func.value, "math"):
                yield "function", ast.Call(ast.Attribute(node.func.value, other), node.args, node.keywords)
            elif scope.numpy:
                yield "function", ast.Call(of_numpy(scope, other), node.args, node.keywords)
    if (
        isinstance(node.func, ast.Name)
        and name in ("sum", "max", "min", "abs", "round", "pow")
        and scope.numpy
    ):
        yield "function", ast.Call(of_numpy(scope, name), node.args, node.keywords)


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
            yield kind, ast.Call(node.func, first, [*kept, mine, flag("keepdims")])
    if keeps is None and now is not None and name in _KEEPS:
        yield "keepdims", ast.Call(node.func, its, [*keywords, flag("keepdims")])
    if now is not None:
        yield "axis", ast.Call(node.func, first, kept)
    if name in ("std", "var") and not any(k.arg == "ddof" for k in keywords):
        yield "ddof", ast.Call(node.func, its, [*keywords, ast.keyword("ddof", ast.Constant(1))])


def _ranged(node: Any) -> Made:
    its = node.args
    if len(its) == 1:
        yield "range", ast.Call(node.func, [ast.Constant(1), *its], [])
        for step in (1, -1):
            yield "range", ast.Call(node.func, [plus(its[0], step)], [])
        yield "range", ast.Call(node.func, [ast.Constant(1), plus(its[0], 1)], [])
    elif len(its) >= 2:
        for step in (1, -1):
            yield "range", ast.Call(node.func, [its[0], plus(its[1], step), *its[2:]], [])
            yield "range", ast.Call(node.func, [plus(its[0], step), *its[1:]], [])
        yield "range", ast.Call(node.func, [its[1]], [])


def _shifts(node: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    for axis in (1, -1, None):
        keywords = [] if axis is None else [ast.keyword("axis", number(axis)), flag("keepdims")]
        if scope.numpy:
            yield ast.Call(of_numpy(scope, "max"), [node], keywords)


def _is_shifted(node: ast.expr) -> bool:
    """Return whether something like a maximum is subtracted already: then that is what to look at."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and (isinstance(node.right, ast.Name) or any(isinstance(n, ast.Call) for n in ast.walk(node.right)))
    )
