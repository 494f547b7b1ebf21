"""Search the smallest change of a student's failing function, on the student's own machine."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from grader.results import BROKEN_OFF, JUDGED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from grader.course.course import Course
    from grader.repair.telling import Told
    from grader.results import ExerciseResult
    from grader.sandbox import Sandbox
    from grader.submissions import Submission

_HARMLESS: Final = frozenset(
    (
        *("numpy", "math", "cmath", "scipy", "typing", "numbers", "fractions", "decimal", "operator"),
        *("collections", "itertools", "functools", "dataclasses", "statistics", "__future__", "givens"),
    )
)
"""Modules that touch no file: changed code runs here without walls."""
_REFUSED: Final = frozenset(
    (
        *("open", "exec", "eval", "compile", "__import__", "input", "breakpoint", "globals", "vars"),
        *("save", "savez", "savez_compressed", "savetxt", "tofile", "dump", "memmap", "load", "loadtxt"),
        *("genfromtxt", "fromfile", "DataSource", "ctypeslib", "f2py", "getattr", "setattr"),
    )
)


def is_searched(exercise: ExerciseResult) -> bool:
    """Return whether a result may have a repair: the function fails, and no likely cause is known."""
    return exercise.diagnosis is None and exercise.status in (*BROKEN_OFF, *JUDGED)


def repair_of(
    exercise: ExerciseResult,
    course: Course,
    submission: Submission,
    sandbox: Sandbox,
    goes_on: Callable[[], bool] = lambda: True,
) -> Told | None:
    """Return the smallest change that makes a failing function pass, told as far as the course allows.

    The public cases decide, and no code of the solution is used: it is not here. Code that could write a file
    is never changed and run.

    Args:
        goes_on: asked now and then; when it is false, the search ends without a repair.
    """
    from grader.repair.search import search
    from grader.repair.telling import told_until
    from grader.submissions.locate import locate
    from grader.submissions.source import Found, parse_all

    stage = course.entry(exercise.slug).repairs
    if stage == "off" or not all(map(is_harmless, submission.files.values())):
        return None
    (task,) = course.tasks(slugs=[exercise.slug], public_only=True)
    files = parse_all(submission.files, wanted=[task.slug, *task.aliases])
    found = locate(files, task.slug, task.aliases, task.parameters)
    repair = search(task, found, sandbox, goes_on=goes_on) if isinstance(found, Found) else None
    return told_until(repair, stage) if repair else None


def is_harmless(source: bytes) -> bool:
    """Return whether a file imports and calls only what computes."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return not any(_is_refused(node) for node in nodes)


def _is_refused(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return not _are_harmless([one.name for one in node.names])
    if isinstance(node, ast.ImportFrom):
        return not _are_harmless([node.module or ""]) or any(one.name in _REFUSED for one in node.names)
    if isinstance(node, ast.Name):
        return node.id in _REFUSED or node.id.startswith("__")
    return isinstance(node, ast.Attribute) and (node.attr in _REFUSED or node.attr.startswith("__"))


def _are_harmless(modules: Collection[str]) -> bool:
    return all(name.partition(".")[0] in _HARMLESS for name in modules)
