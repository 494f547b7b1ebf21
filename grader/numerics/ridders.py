"""Ridders' tableau: a slope and its error from differences over shrinking steps.

Source of the tableau: C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Advances in
Engineering Software 4 (1982). Source of the noise estimate: J. J. Moré and S. M. Wild, "Estimating
computational noise", SIAM J. Sci. Comput. 33 (2011).
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
"""Each step is this many times smaller than the one before."""
ROWS = 8
"""Steps of a tableau."""
_EPS = float(np.finfo(float).eps)
# Within 6**1.3 = 10 spacings, the quartic term of a smooth f is about (10 * 4e-8)**4 = 3e-26: far below eps.
_NEAR = 4e-8
"""Spacing at which f differs from a cubic by its rounding only, relative to max(1, |x|)."""
# Near x = -25, log(1 + exp(x)) rises by only 6e-18 over 4e-7. The last digit of 1 + exp(x) is 2e-16, so all
# computed values are equal. With the wider spacing they take several values, whose steps show the rounding.
# The curvature of f does not hide these steps: at the narrow spacing, f rises by less than one of them.
_WIDER = 1e4
"""Factor on the spacing where most neighbours of a point are equal: rounding hides the slope there."""
# With equal steps, 3 * x can change by the same multiple of its last digit each time: it would seem exact.
_PLACES = np.arange(7) ** 1.3
"""Sample points of the noise estimate, in units of the spacing."""
_OFF_A_CUBIC = np.linalg.qr(np.vander(_PLACES, 4), mode="complete")[0][:, 4:].T
"""Three orthonormal weight vectors that map every cubic to 0; applied to f, they return its rounding error.

As the weights are orthonormal, the mean square of the three results estimates the variance of that error.
"""
_APART = 1e4
"""Ratio of the variances on both sides above which only the smaller one counts."""
_ONE_SIDED_GAIN = 8.0
"""How much a one-sided tableau amplifies rounding: the product of its weights."""
# The bend is |f(+h) - 2 f(0) + f(-h)| / h. For a smooth f it is proportional to h, and the last step is
# 1.6**7 = 27 times smaller than the first. For |x| at 0, it is 2 at every step.
_KINK = 0.25
"""Ratio of the last bend to the first above which f has a kink."""


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
    """The value of f at the point itself, and the noise around it."""

    value: Array
    noise: Array
    """Four standard deviations of the rounding error of f."""

    @classmethod
    def of(cls, f: Line) -> Centre:
        """Return f(0) and its noise; a step of 1 is max(1, |x|).

        The noise of an element that is equal at all sample points is unknown. It takes the largest noise of
        the other elements, or infinity if all are unknown.
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
        """Return how far rounding may move a difference quotient of `values`."""
        size = np.max(np.abs(values), axis=0)
        return np.asarray(np.maximum(4 * _EPS * size, self.noise) / np.abs(step))


def _noise(f: Line, centre: Array, spacing: float) -> tuple[Array, Array]:
    """Return the noise of f near the point, and where most neighbouring samples are equal.

    The noise is the distance of f from a cubic. It is measured on each side of the point. If the two are far
    apart, the smaller one counts: a kink among the samples of one side would be taken for noise.
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
    """Return the slope from central differences; the error is infinite where f has a kink.

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
    # Rounding errors bend f, too: a linear f has bends of rounding only, and no kink.
    kinked = last > _KINK * first + 8 * rounding
    return Estimate(found.value, np.where(kinked, np.inf, found.error))


def one_sided(f: Line, centre: Centre, h: Any) -> Estimate:
    """Return the slope to the right of the point if `h` is positive, to the left if it is negative."""

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
    """Return the entry of the tableau with the smallest error.

    Args:
        quotients: difference quotients over shrinking steps, each with its rounding error.
        ratio: factor by which a smaller step reduces the leading error. It is SHRINK**2 for central
            differences, whose error is proportional to h**2, and SHRINK for one-sided ones.
    """
    row: list[Array] = []
    best = NOTHING
    for quotient, rounding in quotients:
        # Column k combines two entries of column k - 1 so that one more power of the step cancels.
        new, factor = [quotient], ratio
        for previous in row:
            new.append((new[-1] * factor - previous) / (factor - 1))
            factor *= ratio
        for entry, left, above in zip(new[1:], new, row, strict=False):
            # Two steps can agree by chance, so the difference of neighbours alone would be too small.
            guess = np.maximum(np.abs(entry - left), np.abs(entry - above)) + rounding
            best = best.or_better(Estimate(entry, guess))
        row = new
    return best
