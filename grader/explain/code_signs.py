"""Signs of a slip that stand in the code itself: facts about one function, told with the line.

They explain answers that no known mistake gives. Each sign is true of the code whatever the answers are; it
is told only for a function that fails.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from grader.submissions.parsing import ExcessError, tree
from grader.submissions.source import Found

_NODES: Final = 5_000
"""Nodes of a function that are looked at."""
Function = ast.FunctionDef | ast.AsyncFunctionDef
_LOOPS: Final = (ast.For, ast.While)
INTEGERS: Final = "integers"
"""What a sign explains that shows where integers come in alone."""
_COPIES: Final = ("zeros_like", "empty_like", "ones_like", "full_like")


@dataclass(frozen=True)
class Sign:
    """One fact about the code."""

    name: str
    line: int
    message: str
    explains: str = ""
    """The kind of check that it explains, or `INTEGERS`; empty for any."""


def signs(source: Found) -> list[Sign]:
    """Return the signs in the function that was graded, the most telling first; none if it cannot be read."""
    function = _function(source)
    if function is None:
        return []
    nodes = list(ast.walk(function))
    if len(nodes) > _NODES:
        return []
    return [sign for find in _FINDERS for sign in find(function, nodes)]


def _function(source: Found) -> Function | None:
    try:
        module = tree(source.file.data)
    except (ExcessError, SyntaxError, ValueError):
        return None
    found = [n for n in module.body if isinstance(n, Function) and n.name == source.name]
    return found[-1] if found else None


def _returns_in_loop(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
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


def _overwritten(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
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
            if name in begun and name not in _loaded(ast.walk(loop)):
                yield Sign(
                    "overwritten in the loop",
                    s.lineno,
                    f"Line {s.lineno} gives {name} a new value in each round, so only the last one is left. "
                    f"{name} += … adds to it.",
                )


def _is_zero(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in (0, 0.0) and node.value is not False
    return isinstance(node, ast.Call) and _name(node.func) in ("zeros", "zeros_like")


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _one_over_one(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    for node in nodes:
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, (ast.Add, ast.Sub))
            and isinstance(node.left, ast.BinOp)
            and isinstance(node.left.op, ast.Div)
            and isinstance(node.left.right, ast.Constant)
            and node.left.right.value == 1
        ):
            sign = "+" if isinstance(node.op, ast.Add) else "-"
            yield Sign(
                "division by 1",
                node.lineno,
                f"On line {node.lineno} only the 1 is divided by: a / 1 {sign} b is a {sign} b. "
                f"Put the denominator in parentheses, a / (1 {sign} b).",
            )


def _exclusive_or(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    for node in nodes:
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.BitXor):
            yield Sign("^", node.lineno, f"^ on line {node.lineno} is exclusive or; a power is written **.")


def _whole_division(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    for node in nodes:
        value = node.value if isinstance(node, ast.Return) else None
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.FloorDiv):
            message = f"// on line {value.lineno} rounds the result down to a whole number; / divides."
            yield Sign("//", value.lineno, message)


def _axis_for_zero(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("max", "min", "amax", "amin")
            and _name(node.func.value) in ("np", "numpy")
            and len(node.args) == 2
            and isinstance(node.args[1], ast.Constant)
            and node.args[1].value == 0
        ):
            kind, other = ("max", "maximum") if "max" in node.func.attr else ("min", "minimum")
            yield Sign(
                "axis 0",
                node.lineno,
                f"The 0 in np.{kind}(…, 0) on line {node.lineno} is the axis. "
                f"np.{other}(…, 0) compares each element with 0.",
            )


def _parameters(function: Function) -> list[str]:
    spec = function.args
    return [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]


def _loaded(nodes: Iterable[ast.AST]) -> set[str]:
    return {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store)}


def _unused_parameter(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    used = _loaded(nodes)
    if "locals" in used:
        return
    for name in _parameters(function):
        if name not in used:
            yield Sign(
                "unused argument", function.lineno, f"The argument {name} is never used in your function."
            )


def _unused_result(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    for node in nodes:
        if isinstance(node, ast.Expr) and _is_computed(node.value):
            yield Sign(
                "lost result",
                node.lineno,
                f"Line {node.lineno} computes a value and keeps it nowhere: give it a name or return it.",
            )
    used = _loaded(nodes)
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name not in used and not name.startswith("_"):
                yield Sign(
                    "unused name",
                    node.lineno,
                    f"{name} is computed on line {node.lineno} and never used afterwards.",
                )


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


def _is_computed(node: ast.expr) -> bool:
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare)):
        return True
    # With `out=…` the result is kept in that array.
    return (
        isinstance(node, ast.Call)
        and _name(node.func) in _PURE
        and not any(k.arg == "out" for k in node.keywords)
    )


def _printed(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    returns = [n for n in nodes if isinstance(n, ast.Return) and n.value is not None]
    prints = [n for n in nodes if isinstance(n, ast.Call) and _name(n.func) == "print"]
    if prints and not returns:
        line = prints[-1].lineno
        yield Sign(
            "printed", line, f"The result is printed on line {line}, not returned: print shows, return gives."
        )


def _in_place(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find changes of arguments: `X -= …`, `X[0] = …`, also behind `x = np.asarray(X)` or `x = X`."""
    names = {name: name for name in _parameters(function)}
    for statement in function.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            target, value = statement.targets[0].id, statement.value
            if isinstance(value, ast.Call) and _name(value.func) == "asarray" and value.args:
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


def _never_raises(function: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    if not any(isinstance(n, (ast.Raise, ast.Assert)) for n in nodes):
        yield Sign(
            "nothing raised",
            function.lineno,
            "No line of your function raises an error: see what the text calls invalid, and raise it there.",
            "raises",
        )


def _copied_dtype(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and _name(node.func) in _COPIES
            and not any(k.arg == "dtype" for k in node.keywords)
        ):
            yield Sign(
                "copied dtype",
                node.lineno,
                f"np.{_name(node.func)} on line {node.lineno} copies the dtype: for integers it makes an "
                "integer array, which cannot hold fractions. Add dtype=float.",
                INTEGERS,
            )


_FINDERS: Final[tuple[Callable[[Function, Sequence[ast.AST]], Iterator[Sign]], ...]] = (
    _printed,
    _returns_in_loop,
    _overwritten,
    _one_over_one,
    _exclusive_or,
    _whole_division,
    _axis_for_zero,
    _unused_parameter,
    _unused_result,
    _in_place,
    _never_raises,
    _copied_dtype,
)
"""The most telling first."""
