"""One sign of a slip in the code, and what its finders share."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

Function = ast.FunctionDef | ast.AsyncFunctionDef
INTEGERS: Final = "integers"
"""What a sign explains that shows where integers come in alone."""


@dataclass(frozen=True)
class Sign:
    """One fact about the code."""

    name: str
    line: int
    message: str
    explains: str = ""
    """The kind of check that it explains, or `INTEGERS`; empty for any."""


def last_name(node: ast.AST) -> str:
    """Return `max` of `np.max` and of `max`; empty for what is no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def names_read(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that are read."""
    return {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store)}


def parameters(function: Function) -> list[str]:
    """Return the parameters' names, `*args` and `**kwargs` left out."""
    spec = function.args
    return [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
