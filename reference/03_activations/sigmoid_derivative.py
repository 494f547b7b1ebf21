"""Slope of the sigmoid: how fast it rises at each point."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def sigmoid_derivative(x: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the derivative of the sigmoid at each element of `x`.

    Args:
        x: points at which the slope is asked for, any shape, integers too. These are the inputs of the
            sigmoid, not its values. They may be huge: the slope at 1000 and at -1000 is 0.

    Returns:
        Slopes between 0 and 1/4, in the shape of `x`.

    >>> sigmoid_derivative(np.array([0.0, 3.0]))
    array([0.25      , 0.04517666])
    """
    small = np.exp(-np.abs(x))
    return small / (1 + small) ** 2


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


exercise = Exercise(
    sigmoid_derivative,
    tags=("elementwise", "derivative"),
    difficulty="medium",
    minutes=15,
    aliases=("sig_dash",),
    after=("sigmoid",),
    inputs=arrays(low=-8, high=8).also(zero=np.array([0.0])),
    checks=(
        checks.preserves_shape(),
        checks.within(0, 0.25),
        checks.derivative_matches(_sigmoid).worth(2),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).worth(2),
    ),
    hints=(
        "Compare the value at 0 with the slope of the curve there: 1/4.",
        "The derivative can be written with the sigmoid itself: s(1 - s).",
        "Compute s from x first; x itself is not a probability.",
    ),
    formula=r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))",
    condition=lambda x: 1 + np.abs(x),
    oracle=lambda m, x: m.exp(-x) / (1 + m.exp(-x)) ** 2,
)


@exercise.mistake(caught_by=checks.derivative_matches)
def argument_is_not_the_value(x):
    """x(1 - x) takes x for a value of the sigmoid. Compute s = sigmoid(x) first, then s(1 - s)."""
    return x * (1 - x)


@exercise.mistake(caught_by=checks.stable_at)
def exponentials_apart(x):
    """nan at x = -1000 may come from inf / inf. Use s(1 - s) with s = sigmoid(x)."""
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@exercise.mistake(caught_by=checks.matches_reference)
def sigmoid_itself(x):
    """This is the sigmoid. Return its slope, s(1 - s)."""
    return 1 / (1 + np.exp(-x))


@exercise.mistake(caught_by=checks.derivative_matches)
def minus_forgotten(x):
    """The factor is 1 - s, not 1 + s: the slope has its largest value, 1/4, at 0."""
    s = 1 / (1 + np.exp(-x))
    return s * (1 + s)


@exercise.mistake(caught_by=checks.derivative_matches)
def negative_slope(x):
    """The sign is turned: the sigmoid rises everywhere, so its slope is positive."""
    s = 1 / (1 + np.exp(-x))
    return -s * (1 - s)


@exercise.mistake(caught_by=checks.derivative_matches)
def half_replaced(x):
    """The second factor may be 1 - x. It is 1 - s, with s = sigmoid(x)."""
    return 1 / (1 + np.exp(-x)) * (1 - x)


@exercise.mistake(caught_by=checks.matches_reference)
def over_the_index(x):
    """np.gradient measures differences of neighbours, over the index. The slope at each x is s(1 - s)."""
    return np.gradient(1 / (1 + np.exp(-x)))


@exercise.mistake(caught_by=checks.derivative_matches)
def square_forgotten(x):
    """The denominator is not squared: the slope is e^(-x) / (1 + e^(-x))^2, which is s(1 - s)."""
    return np.exp(-x) / (1 + np.exp(-x))
