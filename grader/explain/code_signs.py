"""Signs of a slip that stand in the code itself: facts about one function, told with the line.

They explain answers that no known mistake gives. Each sign is true of the code whatever the answers are; it
is told only for a function that fails.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from grader.explain import expression_signs, flow_signs
from grader.explain.sign import Function, Sign
from grader.submissions.parsing import ExcessError, tree
from grader.submissions.source import Found

_NODES: Final = 5_000
"""Nodes of a function that are looked at."""
_FINDERS: Final[tuple[Callable[[Function, Sequence[ast.AST]], Iterator[Sign]], ...]] = (
    flow_signs.printed,
    flow_signs.returns_in_loop,
    flow_signs.overwritten,
    expression_signs.division_by_one,
    expression_signs.exclusive_or,
    expression_signs.whole_division,
    expression_signs.zero_as_axis,
    flow_signs.unused_parameter,
    flow_signs.unused_result,
    flow_signs.changed_in_place,
    flow_signs.never_raises,
    expression_signs.copied_dtype,
)
"""The most telling first."""


def signs(source: Found) -> list[Sign]:
    """Return the signs in the function that was graded, the most telling first; none if it cannot be read."""
    function = _function(source)
    if function is None:
        return []
    nodes = list(ast.walk(function))
    if len(nodes) > _NODES:
        return []
    return [sign for find in _FINDERS for sign in find(function, nodes)]


def _function(source: Found) -> Function | None:
    try:
        module = tree(source.file.data)
    except (ExcessError, SyntaxError, ValueError):
        return None
    found = [n for n in module.body if isinstance(n, Function) and n.name == source.name]
    return found[-1] if found else None
