"""Ridders' tableau: a slope and its error from differences over shrinking steps.

C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982);
the noise of f after J. J. Moré and S. M. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33
(2011).
"""

from __future__ import annotations

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
_NEAR = 4e-8
"""Spacing at which f is a cubic but for its rounding, relative to max(1, |x|)."""
_WIDER = 1e4
"""Where most neighbours of a point are equal, f is flat or a staircase of rounding: stairs are seen from
further off. What a smooth f bends there stays below them, for near by it rises by less than a stair."""
_PLACES = np.arange(7) ** 1.3
"""In units of the spacing. Irregular: equal steps through a straight line can all be rounded alike."""
_OFF_A_CUBIC = np.linalg.qr(np.vander(_PLACES, 4), mode="complete")[0][:, 4:].T
"""Orthonormal weights that leave nothing of a cubic: what they make of f has the variance of its rounding."""
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
        better = other.error < self.error
        return Estimate(np.where(better, other.value, self.value), np.where(better, other.error, self.error))


NOTHING = Estimate(np.asarray(0.0), np.asarray(np.inf))


@dataclass(frozen=True)
class Centre:
    """What f is at the point itself."""

    value: Array
    noise: Array
    """Four standard deviations of its rounding error."""

    @classmethod
    def of(cls, f: Line) -> Centre:
        """Return f(0) and its noise; a step of 1 is max(1, |x|).

        An element that does not change at all, wherever it is seen from, tells nothing: it takes the largest
        noise of the others, and an infinite one if there are none.
        """
        value = _at(f, 0.0)
        noise, is_flat = _noise(f, value, _NEAR)
        if is_flat.any():
            wide, is_constant = _noise(f, value, _WIDER * _NEAR)
            unknown = is_flat & is_constant
            noise = np.where(is_flat, wide, noise)
            noise = np.where(unknown, _largest(noise, ~unknown), noise)
        return cls(value, noise)

    def rounding(self, step: Any, *values: Array) -> Array:
        """Return how far rounding moves a difference quotient of `values`."""
        size = np.max(np.abs(values), axis=0)
        return np.asarray(np.maximum(4 * _EPS * size, self.noise) / np.abs(step))


def _noise(f: Line, centre: Array, spacing: float) -> tuple[Array, Array]:
    """Return the noise of f from how far it is off a cubic close by, and where most neighbours are equal.

    Measured on either side; where they are far apart the smaller one counts, for a kink spoils the other.
    """
    places = _PLACES[1:] * spacing
    sides = [np.stack([0 * centre, *(_at(f, side * step) - centre for step in places)]) for side in (1, -1)]
    squares = [(np.tensordot(_OFF_A_CUBIC, side, 1) ** 2).mean(axis=0) for side in sides]
    low, high = np.fmin(*squares), np.fmax(*squares)
    rises = np.abs(np.concatenate([np.diff(side, axis=0) for side in sides]))
    return 4 * np.sqrt(np.where(high > _APART * low, low, high)), np.median(rises, axis=0) == 0


def _largest(noise: Array, known: Array) -> Any:
    """Return the largest noise among the elements where it is known."""
    return np.max(noise, where=known & np.isfinite(noise), initial=0.0) if known.any() else np.inf


def central(f: Line, centre: Centre, h: Any) -> Estimate:
    """Return the slope from central differences; its error is infinite where a kink is seen.

    Args:
        h: the first and largest step.
    """

    def differences() -> Iterator[tuple[Array, Array]]:
        for step in _steps(h):
            up, down = _at(f, step), _at(f, -step)
            rounding = centre.rounding(step, up, down)
            bends.append((np.abs(up - 2 * centre.value + down) / step, rounding))
            yield (up - down) / (2 * step), rounding

    bends: list[tuple[Array, Array]] = []
    found = _extrapolated(differences(), SHRINK**2)
    (first, _), (last, rounding) = bends[0], bends[-1]
    kinked = last > _KINK * first + 8 * rounding
    return Estimate(found.value, np.where(kinked, np.inf, found.error))


def one_sided(f: Line, centre: Centre, h: Any) -> Estimate:
    """Return the slope on the side that the sign of `h` names."""

    def differences() -> Iterator[tuple[Array, Array]]:
        for step in _steps(h):
            there = _at(f, step)
            rounding = centre.rounding(step, there, centre.value)
            yield (there - centre.value) / step, _ONE_SIDED_GAIN * rounding

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
