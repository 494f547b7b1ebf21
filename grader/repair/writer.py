"""The source of a tree that changes in one place at a time; what has not changed is written once."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable
from typing import Any, Final

_BLOCKS: Final = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.With)


class Writer:
    """Writes one unit; to unparse the whole function for every change would take most of a search's time."""

    def __init__(self, unit: ast.stmt) -> None:
        self._unit = unit
        self._above = {id(child): node for node in ast.walk(unit) for child in ast.iter_child_nodes(node)}
        self._texts: dict[int, str] = {}
        self._heads: dict[int, str] = {}

    def text(self, holders: Iterable[ast.AST] = ()) -> str:
        """Return the source of the unit; `holders` are the nodes with a changed field."""
        changed, held = set[int](), list(holders)
        for holder in held:
            one: ast.AST | None = holder
            while one is not None and id(one) not in changed:
                changed.add(id(one))
                one = self._above.get(id(one))
        return self._written(self._unit, changed, {id(holder) for holder in held})

    def _written(self, node: Any, changed: set[int], held: set[int]) -> str:
        # A node that a change has made has no lasting identity, so its text is not kept.
        is_kept = id(node) not in changed and (id(node) in self._above or node is self._unit)
        if is_kept and id(node) in self._texts:
            return self._texts[id(node)]
        if isinstance(node, _BLOCKS) and not getattr(node, "orelse", None):
            lines = [self._head(node, changed, held)]
            for statement in node.body:
                lines += [f"    {line}" for line in self._written(statement, changed, held).split("\n")]
            text = "\n".join(lines)
        else:
            text = ast.unparse(node)
        if is_kept:
            self._texts[id(node)] = text
        return text

    def _head(self, node: Any, changed: set[int], held: set[int]) -> str:
        """Return what is above the body of a block."""
        is_kept = id(node) in self._above or node is self._unit
        parts = (n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.stmt))
        is_kept = is_kept and id(node) not in held and not any(id(n) in changed for n in parts)
        if is_kept and id(node) in self._heads:
            return self._heads[id(node)]
        head = copy.copy(node)
        head.body = []
        text = ast.unparse(head)
        if is_kept:
            self._heads[id(node)] = text
        return text
