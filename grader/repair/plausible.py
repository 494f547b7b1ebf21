"""What a repair must not be: a dodge that the checks accept, but that does not mend the slip."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from grader.repair.change import Change, thing
from grader.repair.code import Code, count, nodes
from grader.repair.repair import Step

_SHARE = 0.5
"""Largest share of a function that code of the solution may be."""
_BOTH = 0.35
"""The same of two changes together."""
_IN_FRONT = ("guard", "preparation", "argument replaced")
_FEW = 12
"""Nodes that may always be brought in."""
_MAKES = ("copy", "array", "zeros", "ones", "empty", "zeros_like", "ones_like", "empty_like", "full")
"""Functions that make an array."""
_FLOATS = ("sqrt", "exp", "log", "log2", "log1p", "expm1", "mean", "std", "var", "norm", "sin", "cos", "tanh")
"""Functions that give floats."""
_REDUCES = ("sum", "mean", "max", "min", "prod", "std", "var", "norm", "dot", "matmul")
"""Functions that give fewer elements than they take."""
_KEPT, _MOST = 3, 0.75
"""Nodes of a returned value that must stay, and the largest share that may be new."""
_STEP = 24
"""Most nodes around an expression that stays as it is."""


def is_plausible(change: Change, size: int) -> bool:
    """Return whether a change of a unit of so many nodes can be what the student should have written."""
    if isinstance(change.holder, ast.UnaryOp) and getattr(change.new, "value", None) == 0:
        return False  # -0
    if _computes_with_a_new_array(change) or _says_what_is_not_so(change) or _hides_a_quotient(change):
        return False
    if change.kind == "argument replaced" and _changes_the_shape(change.new[0]):
        return False
    if (
        _is_never_reached(change)
        or _is_without_effect(change)
        or _is_decided(change)
        or _is_negative_length(change)
    ):
        return False
    if change.is_donor and change.kind not in _IN_FRONT:
        return change.added <= max(_FEW, _SHARE * size) and not _replaces_all(change)
    return True


def _says_what_is_not_so(change: Change) -> bool:
    """Return whether the sentence for the kind would be false: floats made floats, a length made a mean."""
    old = _gone(change)
    if change.kind in ("divided by a length", "times a length"):
        return old is not None and _is_length(old)
    if change.kind == "operand left out":  # n // k rounds are not n rounds: the rest of them finds nothing
        return isinstance(old, ast.BinOp) and isinstance(old.op, ast.FloorDiv)
    if change.kind == "as floats":
        is_quotient = isinstance(old, ast.BinOp) and isinstance(old.op, ast.Div)
        return is_quotient or (isinstance(old, ast.Call) and thing(old) in _FLOATS)
    return False


def _hides_a_quotient(change: Change) -> bool:
    """Return whether a quotient is only compared from now on: nan > 0 is False, and the division stays."""
    old = _gone(change)
    if change.kind != "step of the solution" or old is None:
        return False
    divides = any(
        isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div) and not isinstance(n.right, ast.Constant)
        for n in nodes(old)
    )
    return divides and any(
        isinstance(n, ast.Compare) and any(inner is old for inner in nodes(n)) for n in nodes(change.new)
    )


def _changes_the_shape(line: ast.stmt) -> bool:
    value = line.value if isinstance(line, ast.Assign) else None
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.MatMult)
    is_turned = isinstance(value, ast.Attribute) and value.attr == "T"
    return is_turned or (isinstance(value, ast.Call) and thing(value) in _REDUCES)


def _gone(change: Change) -> ast.AST | None:
    """Return the expression in whose place another comes; None if several do."""
    old = getattr(change.holder, change.field)
    if not isinstance(old, list):
        return old if isinstance(old, ast.AST) else None
    new = {id(n) for n in change.new} if isinstance(change.new, list) else set()
    gone = [n for n in old if id(n) not in new]
    return gone[0] if len(gone) == 1 else None


def _computes_with_a_new_array(change: Change) -> bool:
    """Return whether an array to be filled is computed with: np.copy(W) * grad is only floats."""
    if not isinstance(change.holder, ast.Assign) or not isinstance(change.new, (ast.BinOp, ast.UnaryOp)):
        return False
    old = change.holder.value
    return isinstance(old, ast.Call) and thing(old) in _MAKES and any(n is old for n in nodes(change.new))


def _is_never_reached(change: Change) -> bool:
    """Return whether code stands after a `return`: to move a line there is to leave it out, unsaid."""
    if not isinstance(change.new, list):
        return False
    return any(isinstance(s, (ast.Return, ast.Raise, ast.Break, ast.Continue)) for s in change.new[:-1])


def brings_too_much(brought: int, steps: Sequence[Step], code: Code) -> bool:
    """Return whether two changes bring so much of the solution that they would write the function anew.

    A guard or a conversion in front leaves the student's code as it is.
    """
    if len(steps) > 1 and any(step.kind == "complement" for step in steps):
        return True  # 1 + x beside another change only hides that x may be 0
    if len(steps) < 2 or all(step.kind in _IN_FRONT for step in steps if step.is_donor):
        return False
    return brought > max(_FEW, _BOTH * code.sizes[steps[-1].unit])


def _replaces_all(change: Change) -> bool:
    """Return whether code of the solution stands for all that is returned: that is no repair."""
    if not isinstance(change.holder, ast.Return) or not isinstance(change.new, ast.AST):
        return False
    old = getattr(change.holder, change.field)
    if any(node is old for node in nodes(change.new)):  # something is still to be done to it
        return change.added > _STEP
    kept = count(change.new) - change.added
    return change.added > _FEW // 2 and (kept < _KEPT or change.added > _MOST * count(change.new))


def _is_without_effect(change: Change) -> bool:
    """Return whether the new sum or product says nothing, as in `x / 1`; then `x` alone is tried."""
    new, holder = change.new, change.holder
    if change.kind == "operator" and isinstance(new, ast.BinOp):
        return _is_neutral(new.op, new.left, left=True) or _is_neutral(new.op, new.right, left=False)
    if change.kind in ("constant", "constant of the task") and isinstance(holder, ast.BinOp):
        return _is_neutral(holder.op, new, left=change.field == "left")
    return False


def _is_neutral(op: ast.operator, side: ast.AST, *, left: bool) -> bool:
    value = side.value if isinstance(side, ast.Constant) else None
    if isinstance(value, (bool, str)):
        return False
    match op:
        case ast.Mult():
            return value in (0, 1)
        case ast.Div() | ast.Pow():
            return value == 0 or (value == 1 and not left)
        case ast.Add():
            return value == 0
        case ast.Sub():
            return value == 0 and not left
    return False


def _is_decided(change: Change) -> bool:
    """Return whether a condition becomes a constant: one of its branches is then dead."""
    holder: Any = change.holder
    new: Any = change.new
    if isinstance(holder, (ast.If, ast.IfExp, ast.While)) and change.field == "test":
        return isinstance(new, ast.Constant)
    if change.kind == "branches swapped":
        tests = [n.test for n in nodes(new) if isinstance(n, ast.IfExp)]
        return any(isinstance(n, ast.Constant) and n.value is None for t in tests for n in ast.walk(t))
    if not isinstance(new, list):
        new, holder = [], change.new
    call = holder if isinstance(holder, ast.Call) else None
    if call is None or thing(call) != "where" or len(call.args) != 3:
        return False
    first = new[0] if new and change.field == "args" else call.args[0]
    return isinstance(first, (ast.Constant, ast.UnaryOp))


def _is_negative_length(change: Change) -> bool:
    """Return whether a sign comes before a length, which then is below all others, as in max(-n, 1)."""
    if change.kind == "operands swapped":
        swapped = [n for n in nodes(change.new) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Sub)]
        return any(isinstance(n.left, ast.Constant) and _is_length(n.right) for n in swapped)
    if change.kind != "sign" or not isinstance(change.new, (ast.UnaryOp, list)):
        return False
    signed = [n for n in nodes(change.new) if isinstance(n, ast.UnaryOp) and isinstance(n.op, ast.USub)]
    return any(_is_length(n.operand) for n in signed)


def _is_length(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript):
        return thing(node.value) == "shape"
    return thing(node) in ("len", "size", "ndim")
