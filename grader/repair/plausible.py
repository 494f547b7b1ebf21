"""What a repair must not be: a dodge that the checks accept, but that does not mend the slip."""

from __future__ import annotations

import ast

from grader.repair.change import Change
from grader.repair.code import Unit, count

_SHARE = 0.5
"""Largest share of a function that code of the solution may be."""
_FEW = 12
"""Nodes that may always be brought in."""


def is_plausible(change: Change, unit: Unit) -> bool:
    """Return whether a change can be what the student should have written."""
    if change.is_donor and change.kind not in ("guard", "preparation"):
        return change.added <= max(_FEW, _SHARE * count(unit)) and not _replaces_all(change)
    return True


def _replaces_all(change: Change) -> bool:
    """Return whether code of the solution stands for all that is returned: that is no repair."""
    if not isinstance(change.holder, ast.Return) or not isinstance(change.new, ast.AST):
        return False
    return change.added > 0.6 * count(change.new) and change.added > 6
