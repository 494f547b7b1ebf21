"""Derivatives of a trusted float64 function by finite differences, each coordinate with its own verdict.

A coordinate is trusted when its estimated error is at most 1.5e-7 of its scale. On a trusted coordinate, no
error above 2e-6 of the scale passes. A kink is trusted as an interval from the left slope to the right slope.
All else that is not smooth enough (saturation, large offsets) is left undecided. So is a function that is
constant at every sampled point, because rounding may hide its slope.
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
"""Smaller starting steps. At x = 1e-8, for example, the other steps would cross the kink of relu at 0."""
RELATIVE = 1e-6
"""Error that an answer may have on a trusted coordinate, relative to the coordinate's scale."""
# The true slope may lie one estimated error from the measured one, and `disagrees` allows four more:
# 5 * TRUSTED + RELATIVE = 1.75e-6 of the scale, which stays below the promised 2e-6.
TRUSTED = 1.5e-7
"""Largest estimated error of a trusted coordinate, relative to its scale."""
_FLOOR = 1e-3
"""Least scale of a coordinate, relative to the largest slope."""
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
    """A slope and the part of an answer that it is compared with."""

    slope: Slope
    path: tuple[str | int, ...] = ()
    """Keys and positions that lead to the array in a returned dictionary or tuple."""
    name: str = ""
    """The variable of differentiation, such as `W1`."""


def elementwise(f: Function, x: Array) -> Slope:
    """Return df/dx of an element-wise `f` at `x`, in the shape of `x`."""
    x = np.asarray(x, dtype=float)
    size = np.maximum(1.0, np.abs(x))
    with np.errstate(all="ignore"):
        centre = Centre.of(lambda step: f(x + step * size))
        return _with_trust(_slope_along(lambda h: f(x + h), centre, size))


def jacobian(f: Function, x: Array) -> Slope:
    """Return d f(x) / dx in the shape f(x).shape + x.shape: the gradient if `f` returns a scalar."""
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        centre = Centre.of(_diagonal(f, x))
        shape = centre.value.shape + x.shape
        columns: list[_SlopeEstimate] = []
        largest = 0.0
        for index in np.ndindex(x.shape):
            # A slope is accurate enough relative to a thousandth of the largest: its scale is at least that.
            columns.append(_coordinate(f, x, index, centre, _FLOOR * largest))
            largest = max(largest, _largest(columns[-1]))
        if not columns:
            return Slope(np.zeros(shape), np.zeros(shape), np.ones(shape, dtype=bool), np.zeros(shape))
        parts = (np.stack([getattr(c, n) for c in columns], axis=-1) for n in ("value", "error", "spread"))
        return _with_trust(_SlopeEstimate(*(part.reshape(shape) for part in parts)))


def disagrees(got: Array, slope: Slope, allowed: Array | float = 0.0) -> NDArray[np.bool_]:
    """Return where `got` is certainly not the derivative; never true where the slope is not trusted.

    Args:
        allowed: absolute error that a right answer may have because of its inputs' precision.
    """
    limit = slope.spread + 4 * slope.error + RELATIVE * scale(slope) + allowed
    with np.errstate(all="ignore"):
        # `> limit` would be False for nan: an answer of nan disagrees with every trusted slope.
        far = ~(np.abs(got - slope.value) <= limit)
    return np.asarray(far & slope.trusted)


def scale(slope: Slope | _SlopeEstimate) -> Array:
    """Return the scale of each coordinate's error: its own size, but at least a thousandth of the largest."""
    return np.maximum(np.abs(slope.value) + slope.spread, _FLOOR * _largest(slope))


def _largest(slope: Slope | _SlopeEstimate) -> float:
    size = np.abs(slope.value) + slope.spread
    return float(np.max(size, initial=0.0, where=np.isfinite(size)))


@dataclass(frozen=True)
class _SlopeEstimate:
    """A slope before it can be trusted: its scale depends on the largest of all coordinates."""

    value: Array
    error: Array
    spread: Array


def _with_trust(found: _SlopeEstimate) -> Slope:
    trusted = np.isfinite(found.value) & (found.error <= TRUSTED * scale(found))
    return Slope(found.value, found.error, np.asarray(trusted), found.spread)


def _diagonal(f: Function, x: Array) -> Line:
    """Return f along a line that changes every coordinate by a different amount.

    The noise of f is measured on this line. Along a single axis, f could be constant and show none.
    """
    direction = np.random.default_rng(_SEED).uniform(-1, 1, size=x.shape) * np.maximum(1.0, np.abs(x))
    return lambda step: f(x + step * direction)


def _coordinate(
    f: Function, x: Array, index: tuple[int, ...], centre: Centre, least: float
) -> _SlopeEstimate:
    unit = np.zeros_like(x)
    unit[index] = 1.0
    return _slope_along(lambda h: f(x + h * unit), centre, np.maximum(1.0, abs(x[index])), least)


def _slope_along(f: Line, centre: Centre, size: Any, least: float = 0.0) -> _SlopeEstimate:
    """Return the slope along one direction: from central differences, at a kink from one-sided ones.

    Args:
        least: errors are relative to the slope or to this, whichever is larger.
    """
    both = _best(lambda h: central(f, centre, h), centre, size, least)
    if _is_accurate(both, TRUSTED, least).all():
        return _SlopeEstimate(both.value, both.error, np.zeros_like(both.error))
    right = _best(lambda h: one_sided(f, centre, h), centre, size, least)
    left = _best(lambda h: one_sided(f, centre, -h), centre, size, least)
    value, spread = (right.value + left.value) / 2, np.abs(right.value - left.value) / 2
    sides = Estimate(value, right.error + left.error)
    # relu at 0: central differences never agree, but the slopes 0 (left) and 1 (right) are both accurate.
    kink = ~_is_accurate(both, TRUSTED, least) & _is_accurate(sides, TRUSTED, np.maximum(spread, least))
    return _SlopeEstimate(
        np.where(kink, value, both.value),
        np.where(kink, sides.error, both.error),
        np.where(kink, spread, 0.0),
    )


def _best(measure: Callable[[Any], Estimate], centre: Centre, size: Any, least: float) -> Estimate:
    best = Estimate(np.zeros_like(centre.value), np.full_like(centre.value, np.inf))
    for start in (*STARTS, *CLOSE):
        step = start * size
        # Rounding grows as steps shrink: once it alone exceeds the error, a smaller step cannot help.
        useless = best.error <= centre.rounding(step, centre.value)
        if (_is_accurate(best, _SETTLED, least) | useless).all():
            break
        best = best.or_better(measure(step))
    return best


def _is_accurate(found: Estimate, relative: float, least: Array | float) -> NDArray[np.bool_]:
    return np.asarray(found.error <= relative * np.maximum(np.abs(found.value), least))
