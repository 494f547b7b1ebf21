"""Signs in one expression: an operator, an argument or a function that beginners take for another."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from grader.explain.sign import INTEGERS, Function, Sign, last_name

_COPIES: Final = ("zeros_like", "empty_like", "ones_like", "full_like")


def division_by_one(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find `a / 1 + b` where `a / (1 + b)` may be meant."""
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


def exclusive_or(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find `x ^ 2`."""
    for node in nodes:
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.BitXor):
            yield Sign("^", node.lineno, f"^ on line {node.lineno} is exclusive or; a power is written **.")


def whole_division(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find `return a // b`."""
    for node in nodes:
        value = node.value if isinstance(node, ast.Return) else None
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.FloorDiv):
            message = f"// on line {value.lineno} rounds the result down to a whole number; / divides."
            yield Sign("//", value.lineno, message)


def zero_as_axis(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find `np.max(x, 0)` where `np.maximum(x, 0)` may be meant."""
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("max", "min", "amax", "amin")
            and last_name(node.func.value) in ("np", "numpy")
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


def copied_dtype(_: Function, nodes: Sequence[ast.AST]) -> Iterator[Sign]:
    """Find `np.zeros_like(x)` without `dtype=`."""
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and last_name(node.func) in _COPIES
            and not any(k.arg == "dtype" for k in node.keywords)
        ):
            yield Sign(
                "copied dtype",
                node.lineno,
                f"np.{last_name(node.func)} on line {node.lineno} copies the dtype: for integers it makes an "
                "integer array, which cannot hold fractions. Add dtype=float.",
                INTEGERS,
            )
