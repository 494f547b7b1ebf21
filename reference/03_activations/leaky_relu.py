"""Leaky ReLU: let a little of the negative side through."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks


def leaky_relu(Z: NDArray[np.floating], alpha: float = 0.01) -> NDArray[np.floating]:
    """Return z where z > 0, and alpha * z elsewhere.

    Args:
        Z: numbers of any shape, integers too.
        alpha: slope of the negative side, between 0 and 1.

    Returns:
        An array in the shape of `Z`.

    >>> leaky_relu(np.array([-2.0, 3.0]), alpha=0.1)
    array([-0.2,  3. ])
    """
    return np.where(np.asarray(Z) > 0, Z, alpha * np.asarray(Z))


exercise = Exercise(
    leaky_relu,
    tags=("elementwise", "keyword"),
    difficulty="easy",
    minutes=5,
    after=("relu",),
    inputs=arrays(low=-5, high=5).also(
        steeper=call(np.array([-2.0, -0.5, 0.0, 3.0]), alpha=0.3),
        no_leak=call(np.array([[-2.0, 4.0]]), alpha=0.0),
    ),
    checks=(
        checks.preserves_shape(),
        checks.increasing(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "What does the function give at -1 when alpha is 0.3?",
        "np.where picks from one of two arrays, element by element.",
        "Use the parameter alpha, not the number 0.01.",
    ),
    formula=r"f(z) = z \text{ if } z > 0, \text{ else } \alpha z",
    oracle=lambda m, Z, alpha=0.01: np.where(Z > 0, Z, alpha * Z),
    equivalents={
        "return np.where(np.asarray(Z) >= 0, Z, alpha * np.asarray(Z))": "At 0 both sides are 0.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def no_slope(Z, alpha=0.01):
    """This is plain ReLU: the slope for z < 0 is alpha, not 0."""
    return np.maximum(0, Z)


@exercise.mistake(caught_by=checks.matches_reference)
def fixed_alpha(Z, alpha=0.01):
    """The slope is always 0.01, whatever alpha is passed. Use the parameter."""
    return np.where(np.asarray(Z) > 0, Z, 0.01 * np.asarray(Z))


@exercise.mistake(caught_by=checks.matches_reference)
def constant(Z, alpha=0.01):
    """The negative side is the constant alpha. It should be alpha times z."""
    return np.where(np.asarray(Z) > 0, Z, alpha)


@exercise.mistake(caught_by=checks.matches_reference)
def both_sides(Z, alpha=0.01):
    """The positive side was scaled too. Only the negative side gets the factor alpha."""
    return alpha * np.asarray(Z)


@exercise.mistake(caught_by=checks.matches_reference)
def added(Z, alpha=0.01):
    """alpha is a slope: multiply by it where z is negative, do not add it."""
    return np.maximum(0, Z) + alpha


@exercise.mistake(caught_by=checks.matches_reference)
def sides_swapped(Z, alpha=0.01):
    """The sides are swapped: where z > 0 keep z, and multiply by alpha elsewhere."""
    return np.where(np.asarray(Z) > 0, alpha * np.asarray(Z), Z)
