"""ReLU: keep what is positive, set the rest to 0."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def relu(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return max(0, z) for each element of `Z`.

    Args:
        Z: numbers of any shape, integers and float32 too. -inf gives 0, inf gives inf, nan stays nan.

    Returns:
        An array in the shape of `Z`; integers may stay integers.

    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    return np.maximum(0, Z)


exercise = Exercise(
    relu,
    tags=("elementwise",),
    difficulty="easy",
    minutes=5,
    inputs=arrays(low=-5, high=5).also(
        signs=np.array([-1.0, 0.0, 1.0]),
        infinities=np.array([-np.inf, np.inf]),
        nan=np.array([np.nan, -1.0, 1.0]),
    ),
    checks=(
        checks.preserves_shape(),
        checks.increasing(),
        checks.idempotent(),
        checks.does_not_mutate().worth(2),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Write down what should become of -2, of 0 and of 3.",
        "NumPy has a function that compares two arrays element by element and keeps the larger one.",
        "Python's own max compares whole arrays; np.maximum compares their elements.",
    ),
    formula=r"\operatorname{relu}(z) = \max(0, z)",
    oracle=lambda m, Z: np.where(Z < 0, 0, Z),
    equivalents={
        "return np.maximum(Z, 0)": "The maximum is commutative.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def times_mask(Z):
    """-inf gave nan, as -inf times 0 does. Use np.maximum, which never multiplies."""
    return Z * (Z > 0)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(Z):
    """The caller's array was changed. Work on a copy, or use np.maximum, which makes a new array."""
    if isinstance(Z, np.ndarray):
        Z[Z < 0] = 0
        return Z
    return np.maximum(0, Z)


@exercise.mistake(caught_by=checks.matches_reference)
def absolute(Z):
    """Negative numbers became positive: this is |z|. ReLU makes them 0."""
    return np.abs(Z)


@exercise.mistake(caught_by=checks.matches_reference)
def minimum(Z):
    """This keeps the negative side: np.minimum where np.maximum belongs."""
    return np.minimum(0, Z)


@exercise.mistake(caught_by=checks.matches_reference)
def step(Z):
    """This is 1 for positive numbers. ReLU keeps their value."""
    return np.where(Z > 0, 1.0, 0.0)


@exercise.mistake(caught_by=checks.matches_reference)
def builtin_max(Z):
    """Python's max and `if` ask one question about a whole array. Compare elements with np.maximum."""
    return max(0, Z)


@exercise.mistake(caught_by=checks.matches_reference)
def nan_lost(Z):
    """nan became 0: every comparison with nan is False. np.maximum(0, Z) keeps it."""
    return np.where(np.asarray(Z) > 0, Z, 0)


@exercise.mistake(caught_by=checks.matches_reference)
def along_an_axis(Z):
    """np.max(Z, 0) is the largest element along axis 0. np.maximum(Z, 0) compares each element with 0."""
    return np.max(Z, 0)
