"""Welch's t: is the difference of two means large for the noise in it?"""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def t_statistic(a: NDArray[np.floating], b: NDArray[np.floating]) -> tuple[float, float]:
    """Return Welch's t for the difference of two means, and its degrees of freedom.

    With the sample variances s2 (denominator n - 1) and the sizes n of both samples, the squared standard
    errors are A = s2_a / n_a and B = s2_b / n_b. Then t = (mean_a - mean_b) / sqrt(A + B), and the degrees
    of freedom, not rounded, are (A + B)^2 / (A^2 / (n_a - 1) + B^2 / (n_b - 1)).

    Args:
        a: first sample, shape (n_a,), at least 2 numbers, not all equal; integers too.
        b: second sample, shape (n_b,), likewise; integers too. The sizes may differ.

    Returns:
        A tuple (t, degrees of freedom) of two numbers; t is negative where the mean of `a` is smaller.
        Work by hand: scipy.stats earns nothing; np.var may be used.

    >>> t, df = t_statistic(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0, 8.0]))
    >>> round(t, 4), round(df, 4)
    (-2.1213, 4.0755)
    """
    A, B = (float(np.var(sample, ddof=1)) / len(sample) for sample in (a, b))
    t = float(np.mean(a) - np.mean(b)) / math.sqrt(A + B)
    return t, (A + B) ** 2 / (A**2 / (len(a) - 1) + B**2 / (len(b) - 1))


def _draw(rng):
    n, m = rng.integers(3, 9, size=2)
    a, b = rng.uniform(-3, 3, size=n), rng.uniform(-8, 8, size=m) + rng.uniform(-3, 3)
    return call(np.round(a, 2), np.round(b, 2))


def _condition(a, b):
    # Centring loses the digits that the offset takes, and t stands over the smaller spread.
    largest = max(float(np.max(np.abs(sample))) for sample in (a, b))
    noise = math.sqrt(sum(float(np.var(sample, ddof=1)) / len(sample) for sample in (a, b)))
    return 32 * (len(a) + len(b)) * (1 + largest / noise) ** 2


def _exact(m, a, b):
    """Return the formulas with the raw sums, whose cancellation 80 digits bear."""
    a, b, n, k = m.mpf(a), m.mpf(b), len(a), len(b)
    A, B = ((sum(s**2) - sum(s) ** 2 / len(s)) / (len(s) - 1) / len(s) for s in (a, b))
    return (sum(a) / n - sum(b) / k) / m.sqrt(A + B), (A + B) ** 2 / (A**2 / (n - 1) + B**2 / (k - 1))


exercise = Exercise(
    t_statistic,
    tags=("statistics", "test"),
    difficulty="medium",
    minutes=15,
    after=("variance",),
    inputs=drawn(_draw).also(
        two_sizes=call(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0, 8.0])),
        two_spreads=call(np.array([5.0, 5.5, 6.0, 5.25]), np.array([1.0, 9.0, 2.0, 7.0])),
        integers=call(np.array([10, 12, 9, 11, 14]), np.array([7, 9, 8])),
        equal_means=call(np.array([1.0, 3.0]), np.array([0.0, 2.0, 4.0])),
    ),
    checks=(
        checks.matches_shape().named("Returns two numbers"),
        checks.forbids_calls("scipy.stats.ttest_ind").named("Works without scipy.stats"),
        checks.does_not_mutate(),
        checks.items_match(0).worth(3).named("t is right"),
        checks.items_match(1).worth(2).named("The degrees of freedom are right"),
    ),
    hints=(
        "Two means differ by 2: is that much? It depends on how much the means themselves vary.",
        "The variance of a mean is the variance of one number divided by n; variances of both means add up.",
        "np.var divides by n. A sample's variance divides by n - 1: ddof=1.",
    ),
    formula=r"t = \frac{\bar a - \bar b}{\sqrt{A + B}}, \; A = \frac{s_a^2}{n_a}, \; B = \frac{s_b^2}{n_b}",
    condition=_condition,
    oracle=_exact,
)


def _errors(a, b, *, ddof=1):
    return float(np.var(a, ddof=ddof)) / len(a), float(np.var(b, ddof=ddof)) / len(b)


def _freedom(a, b, A, B):
    return (A + B) ** 2 / (A**2 / (len(a) - 1) + B**2 / (len(b) - 1))


def _difference(a, b):
    return float(np.mean(a) - np.mean(b))


@exercise.mistake(caught_by="items_match_t_is_right")
def population_variances(a, b):
    """The variances were divided by n, as np.var does. A sample's variance divides by n - 1: ddof=1."""
    A, B = _errors(a, b, ddof=0)
    return _difference(a, b) / math.sqrt(A + B), _freedom(a, b, A, B)


@exercise.mistake(caught_by="items_match_the_degrees_of_freedom_are_right")
def freedom_of_student(a, b):
    """n_a + n_b - 2 holds for equal variances. Welch's degrees of freedom weigh both standard errors."""
    return t_statistic(a, b)[0], float(len(a) + len(b) - 2)


@exercise.mistake(caught_by="items_match_t_is_right")
def pooled(a, b):
    """Both variances were pooled into one, as Student does. Welch keeps them apart: A + B."""
    n, m = len(a), len(b)
    pool = ((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)
    return _difference(a, b) / math.sqrt(pool * (1 / n + 1 / m)), float(n + m - 2)


@exercise.mistake(caught_by="items_match_t_is_right")
def sizes_forgotten(a, b):
    """The variances were not divided by the sizes: this is the spread of one number, not of a mean."""
    s, r = float(np.var(a, ddof=1)), float(np.var(b, ddof=1))
    return _difference(a, b) / math.sqrt(s + r), t_statistic(a, b)[1]


@exercise.mistake(caught_by="items_match_t_is_right")
def root_forgotten(a, b):
    """The difference was divided by A + B. Divide by its root."""
    A, B = _errors(a, b)
    return _difference(a, b) / (A + B), _freedom(a, b, A, B)


@exercise.mistake(caught_by="items_match_t_is_right")
def errors_added(a, b):
    """Standard errors do not add up, their squares do: sqrt(A + B), not sqrt(A) + sqrt(B)."""
    A, B = _errors(a, b)
    return _difference(a, b) / (math.sqrt(A) + math.sqrt(B)), _freedom(a, b, A, B)


@exercise.mistake(caught_by="items_match_t_is_right")
def order_turned(a, b):
    """The sign of t is reversed: it is the mean of a minus the mean of b."""
    t, df = t_statistic(a, b)
    return -t, df


@exercise.mistake(caught_by="items_match_t_is_right")
def sign_lost(a, b):
    """The sign of t was lost. Keep it: it says which mean is larger."""
    t, df = t_statistic(a, b)
    return abs(t), df


@exercise.mistake(caught_by="items_match_the_degrees_of_freedom_are_right")
def freedom_rounded(a, b):
    """The degrees of freedom were cut to a whole number. Welch's need not be one."""
    t, df = t_statistic(a, b)
    return t, float(int(df))


@exercise.mistake(caught_by=checks.matches_shape)
def t_alone(a, b):
    """Only t came back. Return (t, degrees of freedom)."""
    return t_statistic(a, b)[0]


@exercise.mistake(caught_by="items_match_t_is_right")
def deviations_for_variances(a, b):
    """Standard deviations may stand where variances belong: A is s2 / n, with np.var, not np.std."""
    A, B = (float(np.std(sample, ddof=1)) / len(sample) for sample in (a, b))
    return _difference(a, b) / math.sqrt(A + B), _freedom(a, b, A, B)
