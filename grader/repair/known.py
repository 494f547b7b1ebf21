"""Which known mistakes of an exercise the search repairs by itself; an author may then drop them."""

from __future__ import annotations

import ast

from grader.course.authored_source import runnable
from grader.course.task import Task
from grader.repair import donors
from grader.repair.repair import Proven
from grader.repair.search import search
from grader.sandbox import Sandbox
from grader.submissions.source import Found, parse


def repaired(task: Task, sandbox: Sandbox, *, fresh: Task | None = None) -> dict[str, Proven | None]:
    """Return the repair of each known mistake that shows in its answers, found without its own pair.

    Args:
        fresh: the same exercise with other hidden cases.
    """
    found: dict[str, Proven | None] = {}
    for mistake in task.mistakes:
        if not mistake.in_source:
            file = parse(f"{task.slug}.py", standing_alone(task.source, task.slug, mistake.name).encode())
            source = Found(file, task.slug, {file.path: file})
            given = donors.of(task.source, task.slug, mistake.name)
            found[mistake.name] = search(task, source, sandbox, donors=given, fresh=fresh)
    return found


def standing_alone(source: str, slug: str, name: str) -> str:
    """Return a known mistake as a student would hand it in: with its helpers, and without the solution.

    A mistake that calls the solution keeps it under another name.
    """
    tree = ast.parse(runnable(source))
    names = {slug: f"right_{slug}", name: slug}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.name = names.get(node.name, node.name)
        elif isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    defined = {n.name: n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    kept, waiting = set[str](), [slug]
    while waiting:
        one = waiting.pop()
        if one in defined and one not in kept:
            kept.add(one)
            waiting += [n.id for n in ast.walk(defined[one]) if isinstance(n, ast.Name)]
    body = [n for n in tree.body[1:] if not isinstance(n, (ast.FunctionDef, ast.ClassDef)) or n.name in kept]
    return ast.unparse(ast.Module(body, [])) + "\n"
