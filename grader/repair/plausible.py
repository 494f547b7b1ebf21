"""What a repair must not be: a dodge that the checks accept, but that does not mend the slip."""

from __future__ import annotations

import ast

from grader.repair.change import Change
from grader.repair.code import Unit, count, nodes

_SHARE = 0.5
"""Largest share of a function that code of the solution may be."""
_FEW = 12
"""Nodes that may always be brought in."""
_STEP = 24
"""Most nodes around an expression that stays as it is."""


def is_plausible(change: Change, unit: Unit) -> bool:
    """Return whether a change can be what the student should have written."""
    if _is_without_effect(change):
        return False
    if change.is_donor and change.kind not in ("guard", "preparation"):
        return change.added <= max(_FEW, _SHARE * count(unit)) and not _replaces_all(change)
    return True


def _replaces_all(change: Change) -> bool:
    """Return whether code of the solution stands for all that is returned: that is no repair."""
    if not isinstance(change.holder, ast.Return) or not isinstance(change.new, ast.AST):
        return False
    old = getattr(change.holder, change.field)
    if any(node is old for node in nodes(change.new)):  # something is still to be done to it
        return change.added > _STEP
    return change.added > 0.6 * count(change.new) and change.added > 6


def _is_without_effect(change: Change) -> bool:
    """Return whether a constant becomes one that says nothing, as in `x / 1`: then `x` alone is to be tried."""
    if change.kind not in ("constant", "constant of the task") or not isinstance(change.holder, ast.BinOp):
        return False
    is_right, value = change.field == "right", getattr(change.new, "value", None)
    match change.holder.op:
        case ast.Mult():
            return value == 1
        case ast.Div() | ast.Pow():
            return value == 1 and is_right
        case ast.Add():
            return value == 0
        case ast.Sub():
            return value == 0 and is_right
    return False
