"""Checks of derivatives against finite differences of a trusted function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.answer import Case
from grader.checks._kind import check
from grader.digits import number
from grader.numerics import differences
from grader.numerics.differences import Slope
from grader.seen import Finding, Seen

Function = Callable[..., Any]
Problem = Callable[..., tuple[Function, Any]]


def _derivative(case: Case, of: Function) -> Slope:
    return differences.elementwise(of, np.asarray(case.args[0], dtype=float))


@check(fact=_derivative)
def derivative_matches(seen: Seen, of: Function) -> Iterator[Finding]:
    """Agrees with finite differences.

    Args:
        of: the element-wise function whose derivative is asked for, from the reference.
    """
    yield from _disagreements(seen)


def _jacobian(case: Case, of: Problem) -> Slope:
    function, point = of(*case.args)
    return differences.jacobian(function, np.asarray(point, dtype=float))


@check(fact=_jacobian)
def jacobian_matches(seen: Seen, of: Problem) -> Iterator[Finding]:
    """Every entry agrees with finite differences.

    Args:
        of: called with the exercise's arguments, returns a function and the point at which its gradient
            (of a scalar) or Jacobian (of a vector) is asked for, from the reference.
    """
    yield from _disagreements(seen)


def _disagreements(seen: Seen) -> Iterator[Finding]:
    for look in seen.values():
        slope: Slope = look.fact
        off = differences.disagrees(look.got, slope)
        if off.any():
            at = tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape))
            where = f" at index {', '.join(map(str, at))}" if at else ""
            message = (
                f"{int(off.sum())} of {off.size} values differ from the slope that finite differences "
                f"measure: you returned {number(look.got[at])}{where}; expected {number(slope.value[at])}."
            )
            tolerance = f"{float(np.max(4 * slope.error[off])):.1g}"
            yield Finding(
                look.case,
                message,
                got=look.got,
                expected=slope.value,
                wrong=off,
                tolerance=tolerance,
            )
