"""Derivatives of a trusted float64 function by finite differences, each coordinate with its own verdict.

A coordinate is trusted when its estimated error is at most 1.5e-7 of its scale, so that a trusted one lets no
error above 2e-6 of the scale pass. Kinks are trusted as an interval, from the slope on the left to the one on
the right. Whatever else is not smooth enough (saturation, large offsets) is left undecided, and so is a
function that is constant wherever it is looked at: rounding may hide its slope.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.numerics.ridders import Centre, Estimate, Line, central, one_sided

Array = NDArray[Any]
Function = Callable[[Array], Array]
STARTS = (1e-1, 1e-2, 1e-3, 1e-4)
"""Starting steps, relative to max(1, |x|)."""
CLOSE = (1e-5, 1e-7, 1e-9, 1e-11)
"""Four retries, for points next to a kink."""
RELATIVE = 1e-6
TRUSTED = 1.5e-7
"""Five estimated errors and RELATIVE together stay below 2e-6."""
_FLOOR = 1e-3
_SETTLED = 1e-9
"""Relative error at which no further starting step is tried."""
_SEED = 4_2011


@dataclass(frozen=True)
class Slope:
    """A derivative, element by element."""

    value: Array
    error: Array
    """Estimated absolute error of `value`."""
    trusted: NDArray[np.bool_]
    spread: Array | float = 0.0
    """At a kink, half the distance between the slopes left and right; `value` is their mean."""


@dataclass(frozen=True)
class Measured:
    """A slope, and where in an answer it belongs."""

    slope: Slope
    path: tuple[str | int, ...] = ()
    """Keys and positions that lead to the array in a returned dictionary or tuple."""
    name: str = ""
    """With respect to what, such as `W1`."""


def elementwise(f: Function, x: Array) -> Slope:
    """Return df/dx of an element-wise `f` at `x`, in the shape of `x`."""
    x = np.asarray(x, dtype=float)
    size = np.maximum(1.0, np.abs(x))
    with np.errstate(all="ignore"):
        centre = Centre.of(lambda step: f(x + step * size))
        return _judged(_along(lambda h: f(x + h), centre, size))


def jacobian(f: Function, x: Array) -> Slope:
    """Return d f(x) / dx, shape f(x).shape + x.shape; for a scalar `f` that is its gradient."""
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        centre = Centre.of(_across(f, x))
        shape = centre.value.shape + x.shape
        columns: list[_Sided] = []
        largest = 0.0
        for index in np.ndindex(x.shape):
            columns.append(_coordinate(f, x, index, centre, _FLOOR * largest))
            largest = max(largest, _largest(columns[-1]))
        if not columns:
            return Slope(np.zeros(shape), np.zeros(shape), np.ones(shape, dtype=bool), np.zeros(shape))
        parts = (np.stack([getattr(c, n) for c in columns], axis=-1) for n in ("value", "error", "spread"))
        return _judged(_Sided(*(part.reshape(shape) for part in parts)))


def disagrees(got: Array, slope: Slope, allowed: Array | float = 0.0) -> NDArray[np.bool_]:
    """Return where `got` is certainly not the derivative; never true where the slope is not trusted.

    Args:
        allowed: what a right answer may be off by in the precision of its inputs.
    """
    limit = slope.spread + 4 * slope.error + RELATIVE * scale(slope) + allowed
    with np.errstate(all="ignore"):
        far = ~(np.abs(got - slope.value) <= limit)
    return np.asarray(far & slope.trusted)


def scale(slope: Slope | _Sided) -> Array:
    """Return what an error of each coordinate is relative to: its size, or a thousandth of the largest."""
    return np.maximum(np.abs(slope.value) + slope.spread, _FLOOR * _largest(slope))


def _largest(slope: Slope | _Sided) -> float:
    size = np.abs(slope.value) + slope.spread
    return float(np.max(size, initial=0.0, where=np.isfinite(size)))


@dataclass(frozen=True)
class _Sided:
    """A slope before anything is known of the other coordinates' sizes."""

    value: Array
    error: Array
    spread: Array


def _judged(found: _Sided) -> Slope:
    trusted = np.isfinite(found.value) & (found.error <= TRUSTED * scale(found))
    return Slope(found.value, found.error, np.asarray(trusted), found.spread)


def _across(f: Function, x: Array) -> Line:
    """Return f along a line that moves every coordinate, each in its own way: all of them show its noise."""
    direction = np.random.default_rng(_SEED).uniform(-1, 1, size=x.shape) * np.maximum(1.0, np.abs(x))
    return lambda step: f(x + step * direction)


def _coordinate(f: Function, x: Array, index: tuple[int, ...], centre: Centre, least: float) -> _Sided:
    unit = np.zeros_like(x)
    unit[index] = 1.0
    return _along(lambda h: f(x + h * unit), centre, np.maximum(1.0, abs(x[index])), least)


def _along(f: Line, centre: Centre, size: Any, least: float = 0.0) -> _Sided:
    """Return the slope along one direction: from both sides where that is certain, else side by side.

    Args:
        least: errors are relative to the slope or to this, whichever is larger.
    """
    both = _best(lambda h: central(f, centre, h), centre, size, least)
    if _settles(both, TRUSTED, least).all():
        return _Sided(both.value, both.error, np.zeros_like(both.error))
    right = _best(lambda h: one_sided(f, centre, h), centre, size, least)
    left = _best(lambda h: one_sided(f, centre, -h), centre, size, least)
    value, spread = (right.value + left.value) / 2, np.abs(right.value - left.value) / 2
    sides = Estimate(value, right.error + left.error)
    kink = ~_settles(both, TRUSTED, least) & _settles(sides, TRUSTED, np.maximum(spread, least))
    return _Sided(
        np.where(kink, value, both.value),
        np.where(kink, sides.error, both.error),
        np.where(kink, spread, 0.0),
    )


def _best(measure: Callable[[Any], Estimate], centre: Centre, size: Any, least: float) -> Estimate:
    best = Estimate(np.zeros_like(centre.value), np.full_like(centre.value, np.inf))
    for start in (*STARTS, *CLOSE):
        step = start * size
        # Rounding grows as steps shrink: once it alone is above the error, no smaller step is of use.
        useless = best.error <= centre.rounding(step, centre.value)
        if (_settles(best, _SETTLED, least) | useless).all():
            break
        best = best.or_better(measure(step))
    return best


def _settles(found: Estimate, relative: float, least: Array | float) -> NDArray[np.bool_]:
    return np.asarray(found.error <= relative * np.maximum(np.abs(found.value), least))
