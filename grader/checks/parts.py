"""Checks on answers of several parts: some of them right, a record that falls, a gradient in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.answer import Case
from grader.checks._kind import check
from grader.compare import aligned, differ, leaves
from grader.digits import number
from grader.numerics import differences
from grader.numerics.differences import Slope
from grader.numerics.tolerance import Array
from grader.seen import Finding, Look, Seen, finding

Pieces = Callable[..., tuple[Callable[..., Any], Sequence[Any]]]


@check()
def items_match(seen: Seen, *items: int) -> Iterator[Finding]:
    """Items {items} of the answer match the reference values.

    Args:
        items: positions in the returned tuple, from 0; the other ones may differ.
    """
    for look in seen.values(shapes=True):
        for item in items:
            found = differ(_value(look, item), _expected(look)[item], _allowed(look, item))
            if found:
                yield finding(look.case, replace(found, where=f" in item {item}{found.where}"))


def _value(look: Look, item: int) -> Any:
    answer: Any = look.answer.value
    return answer[item]


def _expected(look: Look) -> Any:
    return look.expected.value


def _allowed(look: Look, item: int) -> Any:
    """Return the tolerances of one item: they are listed in the order of the leaves."""
    before = sum(len(list(leaves(value))) for value in _expected(look)[:item])
    limits: Any = look.expected.allowed
    return limits[before : before + len(list(leaves(_expected(look)[item])))]


@check()
def falls(seen: Seen, item: int) -> Iterator[Finding]:
    """The numbers listed in item {item} fall from the first to the last."""
    for look in seen.values():
        record = [float(np.asarray(entry)) for entry in _value(look, item)]
        if len(record) > 1 and not record[-1] < record[0]:
            first, last = number(record[0]), number(record[-1])
            message = f"The first number is {first}, the last one {last}; expected a smaller one at the end."
            yield Finding(look.case, message)


def _gradient(case: Case, of: Pieces) -> Slope:
    """Return the gradients of all pieces, one after the other in one row."""
    function, points = of(*case.args)
    pieces = [np.asarray(point, dtype=float) for point in points]
    ends = np.cumsum([piece.size for piece in pieces])[:-1]

    def joined(row: Array) -> Any:
        parts = zip(np.split(row, ends), pieces, strict=True)
        return function(*(part.reshape(piece.shape) for part, piece in parts))

    return differences.jacobian(joined, np.concatenate([piece.ravel() for piece in pieces]))


@check(fact=_gradient)
def gradients_match(seen: Seen, of: Pieces) -> Iterator[Finding]:
    """Every gradient agrees with finite differences.

    Args:
        of: called with the exercise's arguments, returns a scalar function of several arrays and the
            arrays at which its gradients are asked for, in the order in which they are returned.
    """
    for look in seen.values():
        slope: Slope = look.fact
        parts = list(leaves(aligned(look.answer.value, look.expected.value)))
        got = np.concatenate([np.ravel(np.asarray(part)) for _, part in parts])
        off = differences.disagrees(got, slope)
        if off.any():
            at = int(np.argmax(off))
            yours, slopes = f"{number(got[at])}{_place(parts, at)}", number(slope.value[at])
            message = (
                f"{int(off.sum())} of {off.size} values differ from the slope that finite differences "
                f"measure: you returned {yours}; expected {slopes}."
            )
            yield Finding(look.case, message)


def _place(parts: Sequence[tuple[str, object]], at: int) -> str:
    for where, part in parts:
        values = np.asarray(part)
        if at < values.size:
            index = ", ".join(str(int(i)) for i in np.unravel_index(at, values.shape))
            return f"{where} at index {index}" if index else where
        at -= values.size
    return ""
