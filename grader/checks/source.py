"""Checks on how a function is written, made on its parsed source; helpers of the same file included."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from grader.checks._kind import check
from grader.seen import Finding, Seen
from grader.source import Found

_KEEP = 60
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@check(in_source=True, shrinks=False)
def forbids_loops(seen: Seen) -> Iterator[Finding]:
    """Works without a Python loop."""
    if not seen.runs():
        return
    for node in seen.source.nodes() if seen.source else ():
        if isinstance(node, _LOOPS):
            message = f"There is a loop on line {node.lineno}; NumPy can work on the whole array at once."
            yield Finding(None, message)
            return


@check(in_source=True, shrinks=False)
def forbids_calls(seen: Seen, *names: str) -> Iterator[Finding]:
    """Works without {names}.

    Args:
        names: functions by their full names, such as `numpy.linalg.inv`; `z.sum`, where z is a parameter of
            the exercise, stands for that method of any value.
    """
    if not seen.runs() or not seen.source:
        return
    parameters = seen.looks[0].names
    methods = {method for whose, _, method in (n.partition(".") for n in names) if whose in parameters}
    names_of = _Names(seen.source)
    for node in seen.source.nodes():
        used = names_of.forbidden(node, names, methods)
        if used:
            yield Finding(None, f"{used} is used on line {getattr(node, 'lineno', 0)}; write it yourself.")
            return


class _Names:
    """What the names in a file stand for."""

    def __init__(self, source: Found) -> None:
        self._imported = source.imports()
        self._whole = source.star_imports()

    def forbidden(self, node: ast.AST, names: Collection[str], methods: Collection[str]) -> str:
        """Return how a forbidden function is called here, empty where none is."""
        full = self._full(node)
        for name in (full, *(f"{module}.{full}" for module in self._whole)):
            if name in names:
                return name
        if isinstance(node, ast.Attribute) and node.attr in methods and not self._is_imported(node.value):
            written = ast.unparse(node)
            return written if len(written) <= _KEEP else f"….{node.attr}"
        return ""

    def _full(self, node: ast.AST) -> str:
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self._imported.get(node.id, node.id), *reversed(parts)])

    def _is_imported(self, node: ast.expr) -> bool:
        """Return whether this is a module or a part of one, whose functions are named in full."""
        return self._full(node).partition(".")[0] in {n.partition(".")[0] for n in self._imported.values()}
