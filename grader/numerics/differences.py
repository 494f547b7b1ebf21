"""Derivatives of a trusted float64 function by Ridders' extrapolated central differences.

C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982).
A coordinate is trusted when its estimated error is at most 1e-6 of its scale; the rest (kinks, saturation,
large offsets) is tried again from shifted steps and otherwise left undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
STARTS = (1e-1, 1e-2, 1e-3, 1e-4)
"""Starting steps, relative to max(1, |x|)."""
SHRINK = 1.6
ROWS = 8
RELATIVE = 1e-6
_EPS = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Slope:
    """A derivative, element by element."""

    value: Array
    error: Array
    """Estimated absolute error of `value`."""
    trusted: NDArray[np.bool_]


def elementwise(f: Callable[[Array], Array], x: Array) -> Slope:
    """Return df/dx of an element-wise `f` at `x`, in the shape of `x`."""
    x = np.asarray(x, dtype=float)
    return _slope(lambda h: f(x + h), np.maximum(1.0, np.abs(x)))


def jacobian(f: Callable[[Array], Array], x: Array) -> Slope:
    """Return d f(x) / dx, shape f(x).shape + x.shape; for a scalar `f` that is its gradient."""
    x = np.asarray(x, dtype=float)
    columns = [_coordinate(f, x, index) for index in np.ndindex(x.shape)]
    if not columns:
        empty = np.zeros(np.shape(f(x)) + x.shape)
        return Slope(empty, empty, empty == 0)
    value, error = (np.stack([getattr(c, n) for c in columns], axis=-1) for n in ("value", "error"))
    shape = value.shape[:-1] + x.shape
    value, error = value.reshape(shape), error.reshape(shape)
    return Slope(value, error, _trust(value, error))


def disagrees(got: Array, slope: Slope) -> NDArray[np.bool_]:
    """Return where `got` is certainly not the derivative; never true where the slope is not trusted."""
    with np.errstate(all="ignore"):
        far = ~(np.abs(got - slope.value) <= 4 * slope.error + RELATIVE * _scale(slope.value))
    return np.asarray(far & slope.trusted)


def _coordinate(f: Callable[[Array], Array], x: Array, index: tuple[int, ...]) -> Slope:
    unit = np.zeros_like(x)
    unit[index] = 1.0
    return _slope(lambda h: np.asarray(f(x + h * unit), dtype=float), np.maximum(1.0, abs(x[index])))


def _slope(f: Callable[[Any], Array], size: Any) -> Slope:
    with np.errstate(all="ignore"):
        tries = [_measured(f, start * size) for start in STARTS]
        value, error = tries[0]
        for other, its_error in tries[1:]:
            better = ~(its_error >= error)
            value, error = np.where(better, other, value), np.where(better, its_error, error)
    value, error = np.asarray(value, dtype=float), np.asarray(error, dtype=float)
    return Slope(value, error, _trust(value, error))


def _measured(f: Callable[[Any], Array], h: Any) -> tuple[Array, Array]:
    """Return the slope from one starting step and its error, which is large where f has a kink."""
    value, error = _ridders(f, h)
    return value, np.maximum(error, np.abs(_jump(f, h / SHRINK ** (ROWS - 1))) / 2)


def _jump(f: Callable[[Any], Array], h: Any) -> Array:
    """Return the slope on the right minus the one on the left, extrapolated to a step of 0.

    At a kink central differences agree on the mean of both slopes, whatever the step.
    """
    near, far = ((np.asarray(f(s)) - 2 * np.asarray(f(0 * s)) + f(-s)) / s for s in (h, SHRINK * h))
    return np.asarray((SHRINK * near - far) / (SHRINK - 1))


def _ridders(f: Callable[[Any], Array], h: Any) -> tuple[Array, Array]:
    """Return the tableau's best entry and its error, element by element, for one starting step."""
    row: list[Array] = []
    best = error = np.asarray(np.inf)
    for _ in range(ROWS):
        up, down = np.asarray(f(h), dtype=float), np.asarray(f(-h), dtype=float)
        # Rounding of f itself: the tableau cannot see it once steps agree by luck.
        noise = 4 * _EPS * np.maximum(np.abs(up), np.abs(down)) / h
        new = [(up - down) / (2 * h)]
        factor = SHRINK**2
        for previous in row:
            new.append((new[-1] * factor - previous) / (factor - 1))
            factor *= SHRINK**2
        if row:
            for entry, left, above in zip(new[1:], new, row, strict=False):
                guess = np.maximum(np.abs(entry - left), np.abs(entry - above)) + noise
                better = guess < error
                best, error = np.where(better, entry, best), np.where(better, guess, error)
        row, h = new, h / SHRINK
    return best, error


def _scale(value: Array) -> Array:
    size = np.abs(value)
    finite = size[np.isfinite(size)]
    return np.maximum(size, 1e-3 * (finite.max() if finite.size else 0.0))


def _trust(value: Array, error: Array) -> NDArray[np.bool_]:
    with np.errstate(all="ignore"):
        return np.asarray(np.isfinite(value) & (error <= RELATIVE * _scale(value)))
