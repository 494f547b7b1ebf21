"""Checks of a function's source and of all code in the submission that it names."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from grader.checks.context import CheckContext, Finding
from grader.checks.kind import check
from grader.submissions.libraries import EXCEPTION, Forbidden
from grader.submissions.parsing import written
from grader.submissions.reachable_code import Part, ReachableCode, UnclearError
from grader.submissions.source import Found

_KEEP = 60
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@check(in_source=True, shrinks=False)
def forbids_loops(context: CheckContext) -> Iterator[Finding]:
    """Works without a Python loop."""

    def loop(part: Part, where: str) -> tuple[str, bool]:
        is_loop = isinstance(part.node, _LOOPS)
        return (
            f"There is a loop {where}; NumPy can work on the whole array at once." if is_loop else "",
            is_loop,
        )

    if context.judged and context.source:
        yield from _first(context.source, loop)


@check(in_source=True, shrinks=False)
def forbids_calls(context: CheckContext, *names: str) -> Iterator[Finding]:
    """Works without {names}.

    Args:
        names: functions by their full names, such as `numpy.linalg.inv`. A name includes the same function in
            `numpy.ma`, its variant that skips nan, and the like. `numpy.linalg` includes all functions of the
            module. `z.sum`, with a parameter z of the exercise, means this method of any value.
    """
    if not context.judged or not context.source:
        return
    found, parameters = context.source, context.observations[0].names
    methods = {method for whose, _, method in (n.partition(".") for n in names) if whose in parameters}
    forbidden = Forbidden(names, methods)
    harmless: set[ast.AST] = set()

    def used(part: Part, where: str) -> tuple[str, bool]:
        name, node = forbidden.first(part.means), part.node
        is_certain = bool(name) and len(part.means) == 1
        if isinstance(node, ast.Attribute) and node.attr == EXCEPTION:
            harmless.add(node.value)  # in `np.linalg.LinAlgError`, the part `np.linalg` is visited later
        if node in harmless:
            return "", False
        if not name and isinstance(node, ast.Attribute) and node.attr in methods and not part.is_outside:
            text = written(found.files[part.path].data, node, most=_KEEP)
            # Python 3.11 gives wrong positions for the parts of f-strings.
            name = text if text.endswith(f".{node.attr}") else f"….{node.attr}"
        return f"{name} is used {where}; write it yourself." if name else "", is_certain

    yield from _first(found, used)


def _first(found: Found, sentence: Callable[[Part, str], tuple[str, bool]]) -> Iterator[Finding]:
    """Yield the first sentence that is not empty, or the reason why the code cannot be followed."""
    reach = ReachableCode(
        {path: f.data for path, f in found.files.items() if not f.fault}, found.file.path, found.name
    )
    try:
        for part in reach.parts():
            elsewhere = "" if part.path == found.file.path else f" of {part.path}"
            line = getattr(part.node, "lineno", 1)
            message, is_certain = sentence(part, f"on line {line}{elsewhere}")
            if message:
                is_certain &= len(reach.lines) < 2  # of several definitions another may be the one that runs
                text = f"{message}{_branches(found.name, reach.lines)}"
                yield Finding(None, text, is_certain=is_certain)
                return
    except UnclearError as error:
        message = f"This check cannot follow the code of {found.name}: {error}. Write it more simply."
        yield Finding(None, message)


def _branches(name: str, lines: list[int]) -> str:
    if len(lines) < 2:
        return ""
    listed = f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return f" {name} is defined on lines {listed}; keep one definition so that this check can read it."
