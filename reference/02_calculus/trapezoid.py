"""Trapezoidal rule: the area under measured values."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def trapezoid(y: NDArray[np.floating], x: NDArray[np.floating]) -> float:
    """Return the area under the polygon through the points (x, y).

    Args:
        y: values, shape (n,), n at least 1; integers too; not changed.
        x: where they were taken, shape (n,), rising or falling, at distances that may differ; integers
            too. Where x falls, the area counts with the opposite sign.

    Returns:
        One number: the sum over all neighbours of their distance times the mean of their two values; 0 for
        one point. By hand: np.trapezoid, np.trapz and scipy.integrate earn nothing.

    >>> trapezoid(np.array([1.0, 3.0, 3.0]), np.array([0.0, 1.0, 3.0]))
    8.0
    """
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))


def _draw(rng):
    n = int(rng.integers(2, 8))
    x = np.round(rng.uniform(-3, 3) + np.cumsum(rng.uniform(0.2, 1.5, size=n)), 2)
    return call(np.round(rng.uniform(-3, 3, size=n), 2), x[:: int(rng.choice([1, -1]))].copy())


def _exact(m, y, x):
    """Return the sum over the points: each height counts for half the way between its neighbours."""
    y, x = m.mpf(y), m.mpf(x)
    left, right = [x[0], *x[:-1]], [*x[1:], x[-1]]
    return sum(height * (b - a) / 2 for height, a, b in zip(y, left, right, strict=True))


exercise = Exercise(
    trapezoid,
    tags=("integral", "slicing"),
    difficulty="easy",
    minutes=10,
    after=("gradient_on_grid",),
    inputs=drawn(_draw).also(
        uneven_grid=call(np.array([1.0, 3.0, 3.0, 2.0]), np.array([0.0, 1.0, 3.0, 3.5])),
        even_grid=call(np.array([0.0, 1.0, 4.0, 9.0]), np.array([0.0, 1.0, 2.0, 3.0])),
        reversed_grid=call(np.array([2.0, 3.0, 3.0, 1.0]), np.array([3.5, 3.0, 1.0, 0.0])),
        below_zero=call(np.array([-1.0, -2.0, 1.0]), np.array([0.0, 2.0, 3.0])),
        one_point=call(np.array([5.0]), np.array([1.0])),
        integers=call(np.array([1, 2, 4]), np.array([0, 1, 4])),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.forbids_calls(
            "numpy.trapezoid", "numpy.trapz", "scipy.integrate.trapezoid", "scipy.integrate.trapz"
        ).named("Works without np.trapezoid"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
    ),
    hints=(
        "Draw the points (0, 1), (1, 3) and (3, 3), join them, and compute the two areas under the lines.",
        "The area of one strip is its width times the mean of its two heights.",
        "np.diff(x) holds the widths, with their signs; y[1:] and y[:-1] are the heights right and left.",
    ),
    formula=r"\int y \,dx \approx \sum_{i=1}^{n-1} (x_{i+1} - x_i)\, \frac{y_i + y_{i+1}}{2}",
    condition=lambda y, x: 8 * len(x) * (np.max(np.abs(y)) + 1) * (np.max(np.abs(x)) + 1),
    oracle=_exact,
)


@exercise.mistake(caught_by=checks.matches_reference)
def left_heights(y, x):
    """Each strip has the height at its left end. Take the mean of both ends."""
    return float(np.sum(np.diff(x) * y[:-1]))


@exercise.mistake(caught_by=checks.matches_reference)
def right_heights(y, x):
    """Each strip has the height at its right end. Take the mean of both ends."""
    return float(np.sum(np.diff(x) * y[1:]))


@exercise.mistake(caught_by=checks.matches_reference)
def not_halved(y, x):
    """The two heights were added, not averaged: the area is twice too large."""
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1])))


@exercise.mistake(caught_by=checks.matches_reference)
def width_one(y, x):
    """Every strip was taken to be 1 wide. Multiply by the differences of x."""
    return float(np.sum((y[1:] + y[:-1]) / 2))


@exercise.mistake(caught_by=checks.matches_reference)
def first_width_for_all(y, x):
    """The width of the first strip was used for all of them. On an uneven grid each has its own."""
    width = x[1] - x[0] if len(x) > 1 else 0.0
    return float(width * np.sum((y[1:] + y[:-1]) / 2))


@exercise.mistake(caught_by=checks.matches_reference)
def widths_without_sign(y, x):
    """A falling x must turn the sign of the area. Keep the signs of the differences."""
    return float(np.sum(np.abs(np.diff(x)) * (y[1:] + y[:-1]) / 2))


@exercise.mistake(caught_by=checks.matches_reference)
def heights_without_sign(y, x):
    """Values below 0 count as negative area. Do not take absolute values."""
    return float(np.sum(np.diff(x) * (np.abs(y[1:]) + np.abs(y[:-1])) / 2))


@exercise.mistake(caught_by=checks.matches_reference)
def arguments_swapped(y, x):
    """x and y are swapped: this is the area beside the y-axis. The differences belong to x."""
    return float(np.sum(np.diff(y) * (x[1:] + x[:-1]) / 2))


@exercise.mistake(caught_by=checks.matches_reference)
def one_height_halved(y, x):
    """Only the right height may be halved. Put the sum of both in parentheses: (left + right) / 2."""
    return float(np.sum(np.diff(x) * (y[:-1] + y[1:] / 2)))


@exercise.mistake(caught_by=checks.matches_reference)
def other_height_halved(y, x):
    """Only the left height may be halved. Put the sum of both in parentheses: (left + right) / 2."""
    return float(np.sum(np.diff(x) * (y[:-1] / 2 + y[1:])))


@exercise.mistake(caught_by=checks.matches_reference)
def last_strip_left_out(y, x):
    """The last strip may be left out: n points have n - 1 strips, range(n - 1)."""
    return float(np.sum((np.diff(x) * (y[1:] + y[:-1]) / 2)[:-1]))


@exercise.mistake(caught_by=checks.matches_shape)
def not_added_up(y, x):
    """The areas of the strips came back one by one. Add them up."""
    return np.diff(x) * (y[1:] + y[:-1]) / 2


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(y, x):
    """np.trapezoid does the work here, where NumPy has it. Write it with np.diff."""
    rule = np.trapezoid if hasattr(np, "trapezoid") else np.trapz
    return float(rule(y, x))
