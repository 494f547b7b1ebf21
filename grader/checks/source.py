"""Checks on how a function is written, made on its parsed source; helpers of the same file included."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.checks._kind import check
from grader.seen import Finding, Seen

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
    """Works without {names}."""
    if not seen.runs():
        return
    aliases = seen.source.imports() if seen.source else {}
    for node in seen.source.nodes() if seen.source else ():
        full = _full_name(node, aliases)
        if full in names:
            yield Finding(None, f"{full} is used on line {getattr(node, 'lineno', 0)}; write it yourself.")
            return


def _full_name(node: ast.AST, aliases: dict[str, str]) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([aliases.get(node.id, node.id), *reversed(parts)])
