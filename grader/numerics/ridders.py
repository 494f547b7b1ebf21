"""Ridders' tableau: a slope and its error from differences over shrinking steps.

C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982);
the noise of f after J. J. Moré and S. M. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33
(2011).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Line = Callable[[Any], Array]
"""A function of the step along one direction: f(0) is the value at the point itself."""
SHRINK = 1.6
ROWS = 8
_EPS = float(np.finfo(float).eps)
_NEAR = 1e-7 / math.sqrt(2)
"""Spacing at which fourth differences of f are rounding alone, relative to max(1, |x|); no power of two, for
equal steps through equal roundings show none."""
_APART = 1e4
_ONE_SIDED_GAIN = 8.0
"""How much a one-sided tableau amplifies rounding: the product of its weights."""
_KINK = 0.25
"""A smooth f bends 27 times less over the last step than over the first; a kink bends as much."""


@dataclass(frozen=True)
class Estimate:
    """A slope and its estimated absolute error, element by element."""

    value: Array
    error: Array

    def or_better(self, other: Estimate) -> Estimate:
        """Return the estimate of smaller error, element by element."""
        better = ~(other.error >= self.error)
        return Estimate(np.where(better, other.value, self.value), np.where(better, other.error, self.error))


NOTHING = Estimate(np.asarray(0.0), np.asarray(np.inf))


def noise(f: Line, size: Any) -> Array:
    """Return four standard deviations of the rounding error of f, from fourth differences close by.

    Measured on either side; where they are far apart the smaller one counts, for a kink spoils the other.
    """
    sides = [np.stack([_at(f, sign * k * _NEAR * size) for k in range(7)]) for sign in (1, -1)]
    fourth = [(np.diff(side, 4, axis=0) ** 2).mean(axis=0) / math.comb(8, 4) for side in sides]
    low, high = np.fmin(*fourth), np.fmax(*fourth)
    return np.asarray(4 * np.sqrt(np.where(high > _APART * low, low, high)))


def central(f: Line, centre: Array, floor: Array, h: Any) -> Estimate:
    """Return the slope from central differences; its error is infinite where a kink is seen.

    Args:
        centre: f(0).
        floor: noise of f.
        h: the first and largest step.
    """

    def differences() -> Iterator[tuple[Array, Array]]:
        for step in _steps(h):
            up, down = _at(f, step), _at(f, -step)
            rounding = np.maximum(4 * _EPS * np.maximum(np.abs(up), np.abs(down)), floor) / step
            bends.append((np.abs(up - 2 * centre + down) / step, rounding))
            yield (up - down) / (2 * step), rounding

    bends: list[tuple[Array, Array]] = []
    found = _extrapolated(differences(), SHRINK**2)
    (first, _), (last, rounding) = bends[0], bends[-1]
    kinked = last > _KINK * first + 8 * rounding
    return Estimate(found.value, np.where(kinked, np.inf, found.error))


def one_sided(f: Line, centre: Array, floor: Array, h: Any) -> Estimate:
    """Return the slope on the side that the sign of `h` names."""

    def differences() -> Iterator[tuple[Array, Array]]:
        for step in _steps(h):
            there = _at(f, step)
            size = np.maximum(np.abs(there), np.abs(centre))
            rounding = np.maximum(4 * _EPS * size, floor) / np.abs(step)
            yield (there - centre) / step, _ONE_SIDED_GAIN * rounding

    return _extrapolated(differences(), SHRINK)


def _steps(h: Any) -> Iterator[Any]:
    for row in range(ROWS):
        yield h / SHRINK**row


def _at(f: Line, step: Any) -> Array:
    return np.asarray(f(step), dtype=float)


def _extrapolated(quotients: Iterator[tuple[Array, Array]], ratio: float) -> Estimate:
    """Return the tableau's best entry; `ratio` is what a step's shrinking does to the leading error."""
    row: list[Array] = []
    best = NOTHING
    for quotient, rounding in quotients:
        new, factor = [quotient], ratio
        for previous in row:
            new.append((new[-1] * factor - previous) / (factor - 1))
            factor *= ratio
        for entry, left, above in zip(new[1:], new, row, strict=False):
            # Rounding is added because steps can agree by luck.
            guess = np.maximum(np.abs(entry - left), np.abs(entry - above)) + rounding
            best = best.or_better(Estimate(entry, guess))
        row = new
    return best
