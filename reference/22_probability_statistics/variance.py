"""Variance: how far numbers are from their mean."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks


def variance(x: NDArray[np.floating], ddof: int = 0) -> float:
    """Return the variance of the numbers in `x`.

    Args:
        x: numbers of shape (n,), n greater than `ddof`; integers too. They may lie close together and far
            from 0, such as at 1e9: the variance is right nevertheless.
        ddof: what is subtracted from n in the denominator: 0 for a whole population, 1 for a sample.

    Returns:
        One number: the sum of the squared distances from the mean, divided by n - ddof. np.mean may be
        used. Work by hand: np.var, np.std, np.cov, x.var, x.std and the module statistics earn nothing.

    >>> variance(np.array([1.0, 2.0, 6.0])), variance(np.array([1.0, 2.0, 6.0]), ddof=1)
    (4.666666666666667, 7.0)
    """
    return float(np.sum(np.square(x - np.mean(x))) / (len(x) - ddof))


def _condition(x, ddof=0):
    # Updating a mean with each number, in one pass, is right too: its rounding enters once.
    spread = np.max(np.abs(x - np.mean(x)))
    return 16 * len(x) * spread * (spread + np.max(np.abs(x)))


def _exact(m, x, ddof=0):
    """Return the sum over all pairs, which needs no mean."""
    n = len(x)
    return sum((a - b) ** 2 for a, b in combinations(m.mpf(x), 2)) / m.mpf(n) / (n - ddof)


exercise = Exercise(
    variance,
    tags=("statistics", "stability", "keyword"),
    difficulty="medium",
    minutes=15,
    after=("mean",),
    inputs=arrays("n", low=-10, high=10)
    .also(
        steps=np.array([1.0, 2.0, 6.0]),
        of_a_sample=call(np.array([1.0, 2.0, 6.0]), ddof=1),
        two_of_a_sample=call(np.array([3, 8]), ddof=1),
        two_freedoms_less=call(np.array([1.0, 4.0, 4.0, 5.0]), ddof=2),
        all_equal=np.array([2.5, 2.5, 2.5]),
    )
    .only(
        at_1e9=1e9 + np.array([1.0, 2.0, 4.0, 5.0]),
        a_sample_at_1e9=call(1e9 + np.array([0.25, 0.5, 1.5]), ddof=1),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.non_negative(),
        checks.forbids_calls(
            "numpy.var", "numpy.std", "numpy.cov", "x.var", "x.std", "statistics.variance",
            "statistics.pvariance", "statistics.stdev", "statistics.pstdev",
        ).named("Works without np.var and np.std"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("*at 1e9").worth(2).named("Right for numbers close together at 1e9"),
    ),
    hints=(
        "For 1, 2 and 6: what is the mean, how far is each from it, and what are the squares?",
        "At 1e9 the squares are about 1e18, where floats are 128 apart. Subtract the mean first.",
        "Divide by n - ddof, with the parameter, not a number.",
    ),
    formula=r"s^2 = \frac{1}{n - \mathrm{ddof}} \sum_{i=1}^{n} (x_i - \bar x)^2",
    condition=_condition,
    oracle=_exact,
)  # fmt: skip


@exercise.mistake(caught_by="matches_reference_right_for_numbers_close_together_at_1e9")
def mean_of_squares(x, ddof=0):
    """Digits are lost at 1e9, as in the mean of squares minus the squared mean. Subtract the mean first."""
    n = len(x)
    return float((np.mean(np.square(x)) - np.mean(x) ** 2) * n / (n - ddof))


@exercise.mistake(caught_by="matches_reference")
def always_population(x, ddof=0):
    """The sum was divided by n, whatever ddof is passed. Divide by n - ddof."""
    return variance(x)


@exercise.mistake(caught_by="matches_reference")
def always_sample(x, ddof=0):
    """The sum was divided by n - 1, whatever ddof is passed. Divide by n - ddof."""
    return variance(x, ddof=1)


@exercise.mistake(caught_by="matches_reference")
def ddof_added(x, ddof=0):
    """ddof was added to n. It is subtracted: a sample's spread would be too small otherwise."""
    return variance(x, ddof=-ddof)


@exercise.mistake(caught_by="matches_reference")
def standard_deviation(x, ddof=0):
    """This is the standard deviation. Its square is the variance: leave the root out."""
    return float(np.sqrt(variance(x, ddof)))


@exercise.mistake(caught_by="matches_reference")
def absolute_distances(x, ddof=0):
    """The absolute distances were added up. The variance squares them."""
    return float(np.sum(np.abs(x - np.mean(x))) / (len(x) - ddof))


@exercise.mistake(caught_by="matches_reference")
def not_centred(x, ddof=0):
    """The numbers themselves were squared. Subtract the mean first."""
    return float(np.sum(np.square(x)) / (len(x) - ddof))


@exercise.mistake(caught_by="matches_reference")
def sum_alone(x, ddof=0):
    """This is the sum of the squares. Divide it by n - ddof."""
    return float(np.sum(np.square(x - np.mean(x))))


@exercise.mistake(caught_by=checks.matches_shape)
def not_added_up(x, ddof=0):
    """One squared distance for every number came back. Add them up and divide."""
    return np.square(x - np.mean(x))


@exercise.mistake(caught_by=checks.does_not_mutate)
def centred_in_place(x, ddof=0):
    """The caller's numbers changed. Centre into a new array: x - mean, not x -= mean."""
    x -= np.mean(x)
    return float(np.sum(np.square(x)) / (len(x) - ddof))


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(x, ddof=0):
    """np.var does the work here. Write it with squares."""
    return float(np.var(x, ddof=ddof))


@exercise.mistake(caught_by="matches_reference")
def ddof_outside(x, ddof=0):
    """ddof was subtracted from the result. Parentheses are missing: / (n - ddof)."""
    return float(np.sum(np.square(x - np.mean(x))) / len(x) - ddof)
