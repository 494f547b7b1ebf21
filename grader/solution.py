"""An authored file reduced to what students may see after the deadline: the solution and what it needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.build import import_lines
from grader.exercise import Authored


def solution(authored: Authored) -> str:
    """Return a module of the title, the solution, and the imports, constants and helpers that it uses."""
    tree = ast.parse(authored.source)
    used = _reached(tree, authored.exercise.slug)
    title = ast.get_source_segment(authored.source, tree.body[0]) or ""
    top = "\n\n".join([title, *filter(None, ["\n".join(import_lines(tree, used))])])
    kept = (node for node in tree.body if used.intersection(_binds(node)))
    return (
        "\n\n\n".join([top, *(ast.get_source_segment(authored.source, node) or "" for node in kept)]) + "\n"
    )


def _reached(tree: ast.Module, slug: str) -> set[str]:
    """Return the names that the solution uses, through helpers of its file too, and its own."""
    defined = {name: node for node in tree.body for name in _binds(node)}
    seen: set[str] = set()
    queue = [slug]
    while queue:
        name = queue.pop()
        seen.add(name)
        nodes = ast.walk(defined[name]) if name in defined else ()
        queue += [n.id for n in nodes if isinstance(n, ast.Name) and n.id not in seen]
    return seen


def _binds(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
