"""Search the smallest change of a student's failing function, on the student's own machine."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.report.redact import held_back

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from grader.course.course import Course
    from grader.results import Repair, Result
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
MOST: Final = 3
"""Functions of one submission for which a repair is sought; a search takes a second or two."""


def repaired(result: Result, course: Course, submission: Submission) -> Result:
    """Return the result with repairs, searched in a sandbox of their own; see `with_repairs`."""
    from grader.student.check import for_me

    if not any(exercise.is_unexplained for exercise in result.exercises):
        return result
    with for_me() as sandbox:
        return with_repairs(result, course, submission, sandbox)


def with_repairs(
    result: Result,
    course: Course,
    submission: Submission,
    sandbox: Sandbox,
    *,
    most: int = MOST,
    goes_on: Callable[[], bool] = lambda: True,
) -> Result:
    """Return the result with a repair of the first failing functions, told as far as the course allows.

    The public cases decide, and no code of the solution is used: it is not here. Code that could write a file
    is never changed and run.

    Args:
        most: the number of functions for which a repair is sought.
        goes_on: asked now and then; when it is false, a search ends without a repair.
    """
    wanted = [e.slug for e in result.exercises if e.is_unexplained and course.entry(e.slug).repairs != "off"]
    if not wanted or not most or not all(map(is_harmless, submission.files.values())):
        return result
    found = {slug: _repair(slug, course, submission, sandbox, goes_on) for slug in wanted[:most]}
    exercises = [
        replace(e, repair=found[e.slug], is_searched=True) if e.slug in found else e for e in result.exercises
    ]
    return replace(result, exercises=exercises)


def _repair(
    slug: str, course: Course, submission: Submission, sandbox: Sandbox, goes_on: Callable[[], bool]
) -> Repair | None:
    from grader.repair.search import search
    from grader.repair.telling import told
    from grader.submissions.source import Found, parse_all

    (task,) = course.tasks(slugs=[slug], public_only=True)
    source = task.located(parse_all(submission.files, wanted=task.wanted))
    proven = search(task, source, sandbox, goes_on=goes_on) if isinstance(source, Found) else None
    return held_back(told(proven), course.entry(slug).repairs) if proven else None


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
