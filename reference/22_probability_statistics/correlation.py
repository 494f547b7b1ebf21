"""Correlation: do two things rise together?"""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def correlation(x: NDArray[np.floating], y: NDArray[np.floating]) -> float:
    """Return Pearson's correlation coefficient of `x` and `y`.

    Args:
        x: numbers of shape (n,), n at least 2; integers too.
        y: numbers of shape (n,); integers too.

    Returns:
        One number from -1 to 1, up to rounding; nan where all numbers in `x` or all numbers in `y` are
        equal. Work by hand: np.corrcoef, scipy.stats and the module statistics earn nothing.

    >>> round(correlation(np.array([1, 2, 3]), np.array([2, 4, 3])), 4)
    0.5
    >>> correlation(np.array([1, 2, 3]), np.array([5, 5, 5]))
    nan
    """
    x, y = x - np.mean(x), y - np.mean(y)
    spread = math.sqrt(np.sum(x**2)) * math.sqrt(np.sum(y**2))
    return float(np.sum(x * y) / spread) if spread > 0 else math.nan


def _condition(x, y):
    # Centring loses the digits that the offset takes.
    offset = [float(np.max(np.abs(v)) / max(np.std(v), 1e-3)) for v in (x, y)]
    return 16 * len(x) * (1 + sum(offset))


def _exact(m, x, y):
    """Return the formula of the raw sums, whose cancellation 80 digits bear."""
    n, x, y = len(x), m.mpf(x), m.mpf(y)
    squares = [n * sum(v**2) - sum(v) ** 2 for v in (x, y)]
    return (n * sum(x * y) - sum(x) * sum(y)) / m.sqrt(math.prod(squares)) if all(squares) else math.nan


exercise = Exercise(
    correlation,
    tags=("statistics",),
    difficulty="medium",
    minutes=15,
    after=("covariance_matrix",),
    inputs=together(arrays("4", low=-5, high=5), arrays("4", low=-5, high=5))
    .also(
        rising=call(np.array([1.0, 2.0, 3.0, 5.0]), np.array([2.0, 4.0, 6.0, 10.0])),
        falling=call(np.array([1, 2, 3]), np.array([3, 2, 1])),
        not_at_all=call(np.array([-1.0, 0.0, 1.0]), np.array([1.0, 0.0, 1.0])),
        with_an_outlier=call(np.array([1.0, 2.0, 3.0, 4.0, 20.0]), np.array([1.0, 3.0, 2.0, 4.0, -6.0])),
        two_points=call(np.array([1.0, 2.0]), np.array([0.5, 0.0])),
    )
    .only(
        constant_x=call(np.array([2.0, 2.0, 2.0]), np.array([1.0, 2.0, 4.0])),
        constant_y=call(np.array([1, 2, 4]), np.array([3, 3, 3])),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.within(-1, 1),
        checks.forbids_calls(
            "numpy.corrcoef", "scipy.stats.pearsonr", "scipy.stats.linregress", "statistics.correlation"
        ).named("Works without np.corrcoef"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("constant *").named("nan where all numbers are equal"),
    ),
    hints=(
        "For which data should it be exactly 1, and for which exactly -1?",
        "It is the covariance divided by both standard deviations: units cancel.",
        "Sum of the products of the distances, over the roots of both sums of squares: no n is left.",
    ),
    formula=r"r = \frac{a \cdot b}{\|a\|_2\, \|b\|_2}, \quad a = x - \bar x, \; b = y - \bar y",
    condition=_condition,
    oracle=_exact,
    equivalents={
        **dict.fromkeys(
            (
                "return float(np.sum(x * y) / spread) if spread >= 0 else math.nan",
                "return float(np.sum(x * y) / spread) if spread > -1 else math.nan",
            ),
            "0 / 0 of NumPy's numbers is nan as well.",
        ),
    },
)


def _sums(x, y):
    x, y = x - np.mean(x), y - np.mean(y)
    return np.sum(x * y), np.sum(x**2), np.sum(y**2)


@exercise.mistake(caught_by=checks.within)
def covariance(x, y):
    """This is the covariance, which has units. Divide it by both standard deviations."""
    return float(_sums(x, y)[0] / (len(x) - 1)) if np.std(x) * np.std(y) else math.nan


@exercise.mistake(caught_by=checks.within)
def two_denominators(x, y):
    """The covariance was divided by n - 1, the variances by n: perfect correlation comes out above 1."""
    xy, xx, yy = _sums(x, y)
    n = len(x)
    return float(xy / (n - 1) / np.sqrt(xx / n * yy / n)) if xx * yy else math.nan


@exercise.mistake(caught_by="matches_reference")
def root_forgotten(x, y):
    """The covariance was divided by the variances. Divide by their roots."""
    xy, xx, yy = _sums(x, y)
    return float(xy / (xx * yy)) if xx * yy else math.nan


@exercise.mistake(caught_by="matches_reference")
def squared(x, y):
    """This is r squared, which cannot tell rising from falling. Return r itself."""
    return correlation(x, y) ** 2


@exercise.mistake(caught_by="matches_reference")
def size_alone(x, y):
    """The sign was lost: where y falls as x rises, r is negative."""
    return abs(correlation(x, y))


@exercise.mistake(caught_by="matches_reference")
def not_centred(x, y):
    """The means were not subtracted: this is the cosine of the angle between x and y."""
    if np.std(x) * np.std(y) == 0:
        return math.nan
    return float(np.sum(x * y) / np.sqrt(np.sum(x**2) * np.sum(y**2)))


@exercise.mistake(caught_by="matches_reference")
def ranks(x, y):
    """This compares the orders of the numbers, as Spearman does. Use their values."""
    if np.std(x) * np.std(y) == 0:
        return math.nan
    return correlation(np.argsort(np.argsort(x)), np.argsort(np.argsort(y)))


@exercise.mistake(caught_by="matches_reference")
def slope(x, y):
    """This is the slope of the best line, which depends on the units. Divide by both roots alike."""
    xy, xx, yy = _sums(x, y)
    return float(xy / xx) if xx * yy else math.nan


@exercise.mistake(caught_by="matches_reference_nan_where_all_numbers_are_equal")
def zero_for_nan(x, y):
    """For equal numbers this gives 0, as if there were no connection. Nothing is known: return nan."""
    xy, xx, yy = _sums(x, y)
    return float(xy / np.sqrt(xx * yy)) if xx * yy else 0.0


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(x, y):
    """np.corrcoef does the work here. Write it with sums."""
    return float(np.corrcoef(x, y)[0, 1])


@exercise.mistake(caught_by=checks.matches_shape)
def whole_matrix(x, y):
    """A matrix came back, as np.cov and np.corrcoef give. r is its entry beside the diagonal, by hand."""
    return np.array([[correlation(a, b) for b in (x, y)] for a in (x, y)])
