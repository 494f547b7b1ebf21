"""Sigmoid from an exponential that is already there."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def sigmoid_from_exp(exp_neg_z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the sigmoid of z, given e^(-z).

    Args:
        exp_neg_z: the values e^(-z), not z; any shape, 0 or larger, infinity included (z was very negative).

    Returns:
        The sigmoid of z in the same shape: 1 where e^(-z) is 0, and 0 where it is infinite.

    >>> sigmoid_from_exp(np.array([1.0, 3.0, np.inf]))
    array([0.5 , 0.25, 0.  ])
    """
    return 1 / (1 + exp_neg_z)


exercise = Exercise(
    sigmoid_from_exp,
    tags=("elementwise",),
    difficulty="easy",
    minutes=5,
    after=("sigmoid",),
    inputs=arrays(low=0, high=9).also(ends=np.array([0.0, 1.0, np.inf])),
    checks=(
        checks.preserves_shape(),
        checks.within(0, 1),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Read the name of the argument: the exponential is already taken.",
        "Put the given number where e^(-z) stands in the formula of the sigmoid.",
    ),
    formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    oracle=lambda m, exp_neg_z: 1 / (1 + exp_neg_z),
)


@exercise.mistake(caught_by=checks.matches_reference)
def exponential_twice(exp_neg_z):
    """The argument is e^(-z) already; taking np.exp of it again gives another function."""
    return 1 / (1 + np.exp(-exp_neg_z))


@exercise.mistake(caught_by=checks.matches_reference)
def exponential_of_plus_z(exp_neg_z):
    """This treats the argument as e^z. It is e^(-z): the answer is 1 / (1 + e)."""
    return exp_neg_z / (1 + exp_neg_z)


@exercise.mistake(caught_by=checks.within)
def precedence(exp_neg_z):
    """Division binds before addition: 1 / 1 + e is 1 + e. Put 1 + e in parentheses."""
    return 1 / 1 + exp_neg_z


@exercise.mistake(caught_by=checks.matches_reference)
def subtracted(exp_neg_z):
    """The denominator may be a difference. It is a sum: 1 / (1 + e)."""
    return 1 - exp_neg_z / (2 + exp_neg_z)
