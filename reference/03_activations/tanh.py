"""Hyperbolic tangent by hand: an S-curve from -1 to 1."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def tanh(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the hyperbolic tangent of each element of `Z`, by hand.

    np.tanh, math.tanh and scipy.special.tanh earn nothing; np.exp and the like may be used.

    Args:
        Z: numbers of any shape, integers too; may be huge: the answer at 1000 is 1, at -1000 it is -1.

    Returns:
        Values between -1 and 1, in the shape of `Z`.

    >>> tanh(np.array([0.0, 1.0]))
    array([0.        , 0.76159416])
    """
    small = np.exp(-2 * np.abs(Z))
    return np.sign(Z) * (1 - small) / (1 + small)


exercise = Exercise(
    tanh,
    tags=("elementwise", "stability"),
    difficulty="medium",
    minutes=15,
    after=("sigmoid",),
    inputs=arrays(low=-4, high=4).also(zero=np.array([0.0])),
    checks=(
        checks.preserves_shape(),
        checks.within(-1, 1),
        checks.complements(0).named("tanh(-z) is -tanh(z)"),
        checks.forbids_calls("numpy.tanh", "math.tanh", "scipy.special.tanh").named("Works without np.tanh"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).worth(2),
        checks.no_warnings(),
    ),
    hints=(
        "Check the value at 0 first: it must be 0.",
        "tanh is a stretched sigmoid: 2 * sigmoid(2z) - 1.",
        "e^1000 overflows; e^(-2|z|) never does. The sign of z can be put back with np.sign.",
    ),
    formula=r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
    condition=lambda Z: 2 + np.abs(Z),
    oracle=lambda m, Z: m.tanh(Z),
)


@exercise.mistake(caught_by=checks.stable_at)
def textbook_form(Z):
    """nan at 1000 may come from inf / inf. Use a form that only takes e to negative numbers."""
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))


@exercise.mistake(caught_by=checks.stable_at)
def ratio_of_squares(Z):
    """nan at 1000 may come from inf / inf, as in (e^2z - 1) / (e^2z + 1). Use e^(-2|z|) instead."""
    exp = np.exp(2 * Z)
    return (exp - 1) / (exp + 1)


@exercise.mistake(caught_by=checks.matches_reference)
def precedence(Z):
    """2 / 1 + e is 2 + e: put 1 + e^(-2z) in parentheses."""
    return (2 / 1 + np.exp(-2 * Z)) - 1


@exercise.mistake(caught_by=checks.matches_reference)
def sigmoid_not_stretched(Z):
    """The sigmoid was shifted but not stretched: the exponent needs 2z."""
    return 2 / (1 + np.exp(-Z)) - 1


@exercise.mistake(caught_by=checks.complements)
def not_centred(Z):
    """The values lie between 0 and 2: subtract 1 at the end."""
    return 2 / (1 + np.exp(-2 * Z))


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(Z):
    """np.tanh does the work here. Write it with np.exp."""
    return np.tanh(Z)
