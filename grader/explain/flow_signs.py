"""Signs in the control flow and the data flow of a function: how it ends, and which values it uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from grader.explain.sign import Function, Sign, last_name, names_read, parameters

_LOOPS: Final = (ast.For, ast.While)
_PURE: Final = frozenset(
    [
        "astype",
        "reshape",
        "transpose",
        "copy",
        "sum",
        "mean",
        "max",
        "min",
        "clip",
        "flatten",
        "ravel",
        "squeeze",
        "sqrt",
        "exp",
        "log",
        "abs",
        "maximum",
        "minimum",
        "where",
        "dot",
        "matmul",
        "asarray",
        "array",
        "sorted",
    ]
)
"""Functions and methods that are called for their result alone."""


def returns_in_loop(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find `return` directly in a loop's body."""
    for loop in nodes:
        if isinstance(loop, _LOOPS):
            for statement in loop.body:
                if isinstance(statement, ast.Return):
                    yield Sign(
                        "return in the loop",
                        statement.lineno,
                        f"The return on line {statement.lineno} stands inside the loop and ends it in the "
                        "first round. Move it out, to the left.",
                    )


def overwritten(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find `total = 0`, then `for …: total = x` without total on the right, then `return total`."""
    begun = {
        s.targets[0].id
        for s in function.body
        if isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Name) and _is_zero(s.value)
    }
    for loop in nodes:
        if not isinstance(loop, ast.For):
            continue
        for s in loop.body:
            if not (isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Name)):
                continue
            name = s.targets[0].id
            if name in begun and name not in names_read(ast.walk(loop)):
                yield Sign(
                    "overwritten in the loop",
                    s.lineno,
                    f"Line {s.lineno} gives {name} a new value in each round, so only the last one is left. "
                    f"{name} += … adds to it.",
                )


def _is_zero(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in (0, 0.0) and node.value is not False
    return isinstance(node, ast.Call) and last_name(node.func) in ("zeros", "zeros_like")


def unused_parameter(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find parameters that are never read."""
    used = names_read(nodes)
    if "locals" in used:
        return
    for name in parameters(function):
        if name not in used:
            yield Sign(
                "unused argument", function.lineno, f"The argument {name} is never used in your function."
            )


def unused_result(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find values that are computed and never used: `x.astype(float)`, or a name that is never read."""
    for node in nodes:
        if isinstance(node, ast.Expr) and _is_computed(node.value):
            yield Sign(
                "lost result",
                node.lineno,
                f"Line {node.lineno} computes a value and keeps it nowhere: give it a name or return it.",
            )
    used = names_read(nodes)
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name not in used and not name.startswith("_"):
                yield Sign(
                    "unused name",
                    node.lineno,
                    f"{name} is computed on line {node.lineno} and never used afterwards.",
                )


def _is_computed(node: ast.expr) -> bool:
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare)):
        return True
    # With `out=…` the result is kept in that array.
    return (
        isinstance(node, ast.Call)
        and last_name(node.func) in _PURE
        and not any(k.arg == "out" for k in node.keywords)
    )


def printed(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find a function that prints and returns nothing."""
    returns = [n for n in nodes if isinstance(n, ast.Return) and n.value is not None]
    prints = [n for n in nodes if isinstance(n, ast.Call) and last_name(n.func) == "print"]
    if prints and not returns:
        line = prints[-1].lineno
        yield Sign(
            "printed", line, f"The result is printed on line {line}, not returned: print shows, return gives."
        )


def changed_in_place(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find changes of arguments: `X -= …`, `X[0] = …`, also behind `x = np.asarray(X)` or `x = X`."""
    names = {name: name for name in parameters(function)}
    for statement in function.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            target, value = statement.targets[0].id, statement.value
            if isinstance(value, ast.Call) and last_name(value.func) == "asarray" and value.args:
                value = value.args[0]
            of = names.get(value.id, "") if isinstance(value, ast.Name) else ""
            if of:
                names[target] = of
            else:
                names.pop(target, None)
    for node in nodes:
        changed = _changed_target(node)
        while isinstance(changed, ast.Subscript):
            changed = changed.value
        if isinstance(changed, ast.Name) and changed.id in names:
            of, line, name = names[changed.id], changed.lineno, changed.id
            same = "" if of == name else f", which is {of} itself"
            cure = f"Work on a copy: {name} = np.array({of})."
            yield Sign(
                "changed in place",
                line,
                f"Line {line} changes {name} in place{same}. {cure}",
                "does_not_mutate",
            )


def _changed_target(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.AugAssign):
        return node.target
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        return node.targets[0]
    return None


def never_raises(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find a function without `raise` and `assert`."""
    if not any(isinstance(n, (ast.Raise, ast.Assert)) for n in nodes):
        yield Sign(
            "nothing raised",
            function.lineno,
            "No line of your function raises an error: see what the text calls invalid, and raise it there.",
            "raises",
        )
