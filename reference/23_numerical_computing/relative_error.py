"""Relative error: an error measured by the size of the numbers."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader import Exercise, arrays, call, checks, together


def relative_error(approx: ArrayLike, exact: ArrayLike) -> NDArray[np.floating]:
    """Return |a - e| / max(|a|, |e|) for each pair of elements.

    Args:
        approx: numbers a of any shape, integers too; tiny ones such as 1e-12 as well.
        exact: numbers e, same shape.

    Returns:
        An array in the shape of `approx`, of values between 0 and 2; 0 where both are 0.

    >>> relative_error(np.array([1.0, 0.0]), np.array([1.25, 0.0]))
    array([0.2, 0. ])
    """
    size = np.maximum(np.abs(approx), np.abs(exact))
    return np.abs(np.subtract(approx, exact)) / np.where(size == 0, 1, size)


def _exact(m, approx, exact):
    # The larger of two sizes is half of |a + e| + |a - e|.
    a, e = m.mpf(approx), m.mpf(exact)
    size = (abs(a + e) + abs(a - e)) / 2
    return abs(a - e) / np.where(size == 0, 1, size)


exercise = Exercise(
    relative_error,
    tags=("elementwise", "floating point"),
    difficulty="medium",
    minutes=15,
    inputs=together(arrays(low=-4, high=4), arrays(low=-4, high=4)).also(
        both_zero=call(np.array([0.0, 0.0, 2.0]), np.array([0.0, 1.0, 0.0])),
        all_zero=call(np.zeros(2), np.zeros(2)),
        approximation_larger=call(np.array([2.0, -8.0]), np.array([1.0, -2.0])),
        exact_larger=call(np.array([1.0, -2.0]), np.array([2.0, -8.0])),
        opposite_signs=call(np.array([1.0, -3.0]), np.array([-1.0, 1.0])),
        tiny=call(np.array([1e-12, -3e-12]), np.array([2e-12, -1e-12])),
    ),
    checks=(
        checks.preserves_shape(),
        checks.within(0, 2),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
        checks.matches_reference().on("* zero").named("Gives 0 where both are 0").worth(2),
    ),
    hints=(
        "An error of 1 is large for the number 2 and small for a million: divide by the size of the numbers.",
        "np.maximum compares two arrays element by element; take absolute values of both first.",
        "Where both are 0 the division is 0 / 0, which is nan. Divide by 1 there.",
    ),
    formula=r"\frac{|a - e|}{\max(|a|, |e|)}",
    condition=lambda a, e: 4.0,
    oracle=_exact,
    equivalents={
        "size = np.maximum(np.abs(exact), np.abs(approx))": "The larger of two numbers, in any order.",
        "return np.abs(np.subtract(exact, approx)) / np.where(size == 0, 1, size)": (
            "The size of a difference, in any order."
        ),
        "return np.abs(np.subtract(approx, exact)) / np.where(size == 0, 2, size)": "0 / 2 is 0 as well.",
    },
)


def _divided(approx, exact, size):
    difference = np.abs(np.subtract(approx, exact)) * 1.0
    return np.divide(difference, np.where(size == 0, 1, size))


@exercise.mistake(caught_by=checks.matches_reference)
def absolute_error(approx, exact):
    """This is the absolute error. Divide it by the larger of |a| and |e|."""
    return np.abs(np.subtract(approx, exact)) * 1.0


@exercise.mistake(caught_by=checks.matches_reference)
def by_the_exact_value(approx, exact):
    """The error was divided by |e| alone, which is 0 at times. Divide by the larger of |a| and |e|."""
    return np.where(np.equal(exact, 0), 0.0, _divided(approx, exact, np.abs(exact)))


@exercise.mistake(caught_by=checks.matches_reference)
def by_the_approximation(approx, exact):
    """The error was divided by |a| alone. Divide by the larger of |a| and |e|: order must not matter."""
    return _divided(approx, exact, np.abs(approx))


@exercise.mistake(caught_by=checks.within)
def sign_kept(approx, exact):
    """The sign of the error was kept. Take its absolute value."""
    return np.subtract(approx, exact) / np.where(
        np.maximum(np.abs(approx), np.abs(exact)) == 0, 1, np.maximum(np.abs(approx), np.abs(exact))
    )


@exercise.mistake(caught_by="matches_reference_gives_0_where_both_are_0")
def zero_by_zero(approx, exact):
    """0 / 0 is nan. Where both numbers are 0 they agree, and the error is 0."""
    return np.abs(np.subtract(approx, exact)) / np.maximum(np.abs(approx), np.abs(exact))


@exercise.mistake(caught_by=checks.matches_reference)
def sum_of_sizes(approx, exact):
    """The error was divided by |a| + |e|. Divide by the larger of the two."""
    return _divided(approx, exact, np.abs(approx) + np.abs(exact))


@exercise.mistake(caught_by=checks.matches_reference)
def epsilon_added(approx, exact):
    """A small number was added to the denominator, which hides errors of tiny numbers. Treat 0 by itself."""
    return np.abs(np.subtract(approx, exact)) / (np.maximum(np.abs(approx), np.abs(exact)) + 1e-8)


@exercise.mistake(caught_by=checks.matches_reference)
def largest_of_all(approx, exact):
    """All errors were divided by the largest number of the arrays. Each pair has its own size."""
    size = np.max(np.maximum(np.abs(approx), np.abs(exact)))
    return np.abs(np.subtract(approx, exact)) / (size if size else 1)


@exercise.mistake(caught_by=checks.within)
def size_with_sign(approx, exact):
    """The sizes kept their signs: max(-3, 1) is 1. Take absolute values before you compare."""
    return _divided(approx, exact, np.maximum(approx, exact))


@exercise.mistake(caught_by=checks.within)
def by_the_exact_value_alone(approx, exact):
    """The error was divided by |e| alone, which can be 0. Divide by the larger of |a| and |e|."""
    with np.errstate(all="ignore"):
        return np.abs(np.subtract(approx, exact)) / np.abs(exact)
