"""Sigmoid: squash any number into (0, 1)."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def sigmoid(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return 1 / (1 + e^(-z)) for each element of `Z`.

    Args:
        Z: numbers of any shape, a single number included; integers and float32 too; may be huge: the
            answer at 1000 is 1, the answer at -1000 is 0.

    Returns:
        Values between 0 and 1, in the shape of `Z`.

    >>> sigmoid(np.array([0.0, 2.0]))
    array([0.5       , 0.88079708])
    """
    small = np.exp(-np.abs(Z))
    return np.where(np.asarray(Z) >= 0, 1 / (1 + small), small / (1 + small))


exercise = Exercise(
    sigmoid,
    tags=("elementwise", "stability"),
    difficulty="medium",
    minutes=15,
    aliases=("sig",),
    inputs=arrays(low=-12, high=12).also(zero=np.array([0.0]), large=np.array([-30.0, -20.0, 20.0, 30.0])),
    checks=(
        checks.preserves_shape(),
        checks.within(0, 1),
        checks.increasing(),
        checks.complements(1),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).worth(2),
        checks.no_warnings(),
    ),
    hints=(
        "Look at the value at 0: it must be 0.5. Where does the division end and the sum begin?",
        "np.exp works on a whole array at once, so no loop and no `if` is needed.",
        "np.exp of a large positive number overflows; for z < 0 the form e^z / (1 + e^z) avoids it.",
    ),
    formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    condition=lambda Z: np.abs(Z) * sigmoid(Z) * (1 - sigmoid(Z)),
    oracle=lambda m, Z: 1 / (1 + m.exp(-Z)),
    equivalents={
        "return np.where(np.asarray(Z) > 0, 1 / (1 + small), small / (1 + small))": "At 0 both are 1/2.",
    },
)


@exercise.mistake(caught_by=checks.within)
def precedence(Z):
    """Division binds before addition: 1 / 1 + e is 1 + e. Put the whole denominator in parentheses."""
    return 1 / 1 + np.exp(-Z)


@exercise.mistake(caught_by=checks.increasing)
def wrong_sign(Z):
    """The curve is mirrored: the exponent is -z, not z."""
    return 1 / (1 + np.exp(Z))


@exercise.mistake(caught_by=checks.stable_at)
def ratio_of_exponentials(Z):
    """nan at z = 1000 may come from inf / inf, as in e^z / (1 + e^z). Use 1 / (1 + e^(-z)) there."""
    return np.exp(Z) / (1 + np.exp(Z))


@exercise.mistake(caught_by=checks.complements)
def same_branch_twice(Z):
    """For negative z the value is e^z / (1 + e^z); 1 / (1 + e^z) there mirrors the positive side."""
    return 1 / (1 + np.exp(-np.abs(Z)))


@exercise.mistake(caught_by=checks.matches_reference)
def rounded(Z):
    """The result is rounded to 4 digits. Return it in full; printing is the place to round."""
    return np.round(1 / (1 + np.exp(-Z)), 4)


@exercise.mistake(caught_by=checks.matches_reference)
def clipped(Z):
    """The input may be clipped at 15, where the sigmoid still changes. Clip at 40 or further out."""
    return 1 / (1 + np.exp(-np.clip(Z, -15, 15)))


@exercise.mistake(caught_by=checks.matches_reference)
def math_on_arrays(Z):
    """The math module works on single numbers. Use np.exp, which works on arrays."""
    import math

    return 1 / (1 + math.exp(-Z))


@exercise.mistake(caught_by=checks.matches_reference)
def integer_output(Z):
    """Integers gave 0 and 1: np.zeros_like(Z), for one, copies their dtype. Ask for floats."""
    out = np.zeros_like(Z)
    out[...] = 1 / (1 + np.exp(-Z))
    return out


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(Z):
    """The caller's array was negated in place. Compute with -Z, which makes a new array."""
    if isinstance(Z, np.ndarray):
        Z *= -1
        return 1 / (1 + np.exp(Z))
    return 1 / (1 + np.exp(-Z))


@exercise.mistake(caught_by=checks.preserves_shape)
def with_cache(Z):
    """The function returned a pair. Return the array alone here."""
    return 1 / (1 + np.exp(-Z)), Z
