"""Slopes of measured values: on a grid that need not be even."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def gradient_on_grid(y: NDArray[np.floating], x: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the slope at each point of a grid from the values there.

    At the first and the last point it is the slope to the only neighbour. At an inner point with the
    distance p to the left and q to the right, and the slopes l to the left and r to the right neighbour,
    it is (q l + p r) / (p + q): the nearer neighbour weighs more.

    Args:
        y: values, shape (n,), n at least 2; integers too.
        x: where they were taken, shape (n,), rising, at distances that may differ; integers too.

    Returns:
        Slopes, shape (n,), by hand: np.gradient earns nothing.

    >>> gradient_on_grid(np.array([0.0, 1.0, 9.0]), np.array([0.0, 1.0, 3.0]))
    array([1., 2., 4.])
    """
    step = np.diff(x)
    slope = np.diff(y) / step
    inner = (step[1:] * slope[:-1] + step[:-1] * slope[1:]) / (step[1:] + step[:-1])
    return np.concatenate([slope[:1], inner, slope[-1:]])


def _draw(rng):
    n = int(rng.integers(3, 8))
    x = np.round(rng.uniform(-3, 3) + np.cumsum(rng.uniform(0.2, 1.5, size=n)), 2)
    return call(np.round(rng.uniform(-3, 3, size=n), 2), x)


def _exact(m, y, x):
    """Return the slopes of the parabolas through three neighbours, by Newton's divided differences."""
    x, slopes = m.mpf(x), m.mpf(np.diff(y)) / np.diff(m.mpf(x))
    bends = np.diff(slopes) / (x[2:] - x[:-2])
    return np.array([slopes[0], *(slopes[:-1] + np.diff(x)[:-1] * bends), slopes[-1]])


exercise = Exercise(
    gradient_on_grid,
    tags=("derivative", "slicing"),
    difficulty="medium",
    minutes=20,
    after=("derivative",),
    inputs=drawn(_draw).also(
        parabola=call(np.array([0.0, 1.0, 9.0, 16.0]), np.array([0.0, 1.0, 3.0, 4.0])),
        even_grid=call(np.array([1.0, 2.0, 4.0, 7.0]), np.array([0.0, 0.5, 1.0, 1.5])),
        two_points=call(np.array([1.0, 4.0]), np.array([2.0, 2.5])),
        integers=call(np.array([5, 1, 0, 4]), np.array([0, 2, 3, 7])),
        straight_line=call(np.array([1.0, 3.0, 4.0, 10.0]), np.array([0.0, 1.0, 1.5, 4.5])),
    ),
    checks=(
        checks.preserves_shape(),
        checks.returns_floats(),
        checks.forbids_calls("numpy.gradient").named("Works without np.gradient"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
    ),
    hints=(
        "np.diff(y) / np.diff(x) gives the n - 1 slopes between neighbours. The answer has n.",
        "An inner point has two of them. On an even grid their mean is right; on another it is not.",
        "step[1:] is the distance to the right of the inner points, step[:-1] the one to the left.",
    ),
    formula=r"y'_i \approx \frac{q\, l + p\, r}{p + q}, \quad p = x_i - x_{i-1}, \; q = x_{i+1} - x_i",
    condition=lambda y, x: 16 * (np.max(np.abs(y)) + 1) * (1 + np.max(np.abs(x))) / np.min(np.diff(x)) ** 2,
    oracle=_exact,
)  # fmt: skip


@exercise.mistake(caught_by=checks.matches_reference)
def by_index(y, x):
    """The distances may be taken as 1: these are slopes over the index, not over x."""
    return gradient_on_grid(y, np.arange(len(y)))


@exercise.mistake(caught_by=checks.matches_reference)
def ratio_of_differences(y, x):
    """Inside, the farther neighbour weighs more: the weights may be swapped. It is (q l + p r) / (p + q)."""
    return gradient_on_grid(y, np.arange(len(y))) / gradient_on_grid(x, np.arange(len(x)))


@exercise.mistake(caught_by=checks.matches_reference)
def plain_mean(y, x):
    """The two slopes count alike here. On an uneven grid the nearer neighbour weighs more."""
    slope = np.diff(y) / np.diff(x)
    return np.concatenate([slope[:1], (slope[:-1] + slope[1:]) / 2, slope[-1:]])


@exercise.mistake(caught_by=checks.matches_reference)
def always_forward(y, x):
    """Each point has the slope to its right neighbour alone. Inside, use both neighbours."""
    slope = np.diff(y) / np.diff(x)
    return np.append(slope, slope[-1])


@exercise.mistake(caught_by=checks.matches_reference)
def zero_at_the_ends(y, x):
    """The slopes at both ends were left 0. There, take the slope to the only neighbour."""
    found = gradient_on_grid(y, x)
    found[[0, -1]] = 0
    return found


@exercise.mistake(caught_by=checks.matches_reference)
def arguments_swapped(y, x):
    """This is the slope of x over y. Divide the differences of y by those of x."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return gradient_on_grid(x, y)


@exercise.mistake(caught_by=checks.preserves_shape)
def one_too_few(y, x):
    """np.diff has one entry less than the grid. Every point needs a slope, the ends too."""
    return np.diff(y) / np.diff(x)


@exercise.mistake(caught_by=checks.returns_floats)
def whole_numbers(y, x):
    """Integers gave whole numbers: np.zeros_like(y), for one, copies their dtype. Ask for floats."""
    found = np.zeros_like(y)
    found[:] = gradient_on_grid(y, x)
    return found


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(y, x):
    """np.gradient does the work here. Write it with differences."""
    return np.gradient(y, x)
