"""Slope of the hyperbolic tangent."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def tanh_derivative(x: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the derivative of tanh at each element of `x`.

    Args:
        x: points at which the slope is asked for, any shape, integers too; inputs of tanh, not its values.
            They may be huge: the slope at 1000 and at -1000 is 0.

    Returns:
        Slopes between 0 and 1, in the shape of `x`. np.tanh may be used.

    >>> tanh_derivative(np.array([0.0, 2.0]))
    array([1.        , 0.07065082])
    """
    return 1 - np.tanh(x) ** 2


exercise = Exercise(
    tanh_derivative,
    tags=("elementwise", "derivative"),
    difficulty="medium",
    minutes=15,
    after=("tanh",),
    inputs=arrays(low=-4, high=4).also(zero=np.array([0.0])),
    checks=(
        checks.preserves_shape(),
        checks.within(0, 1),
        checks.derivative_matches(np.tanh).worth(2),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).worth(2),
    ),
    hints=(
        "The slope at 0 is 1, and it falls towards 0 on both sides.",
        "The derivative can be written with tanh itself: 1 - t squared.",
        "Compute t = tanh(x) first; x itself is not a value of tanh.",
    ),
    formula=r"\tanh'(x) = 1 - \tanh^2(x)",
    condition=lambda x: 2 + np.abs(x),
    oracle=lambda m, x: 1 / m.cosh(x) ** 2,
)


@exercise.mistake(caught_by=checks.derivative_matches)
def argument_is_not_the_value(x):
    """1 - x^2 takes x for a value of tanh. Compute t = tanh(x) first, then 1 - t^2."""
    return 1 - x**2


@exercise.mistake(caught_by=checks.derivative_matches)
def square_forgotten(x):
    """The square is missing: the slope is 1 - tanh(x)^2."""
    return 1 - np.tanh(x)


@exercise.mistake(caught_by=checks.derivative_matches)
def sigmoid_rule(x):
    """t(1 - t) is the rule of the sigmoid. For tanh it is 1 - t^2."""
    t = np.tanh(x)
    return t * (1 - t)


@exercise.mistake(caught_by=checks.stable_at)
def hyperbolic_cosine(x):
    """nan at 1000 may come from infinite exponentials or cosh. Use 1 - tanh(x)^2."""
    return (np.exp(x) / np.cosh(x) / (np.exp(2 * x) + 1)) * 2 * np.exp(x)


@exercise.mistake(caught_by=checks.derivative_matches)
def square_outside(x):
    """The square may stand outside the parentheses. It belongs to tanh alone: 1 - tanh(x)^2."""
    return (1 - np.tanh(x)) ** 2
