"""Slope of ReLU: 1 on the positive side, 0 elsewhere."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def relu_derivative(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the slope of ReLU at each element of `Z`.

    Args:
        Z: numbers of any shape, integers too; may be huge.

    Returns:
        Floating-point numbers in the shape of `Z`: 1.0 where z > 0, else 0.0. At 0 itself, where ReLU
        has a kink, this course takes 0.0.

    >>> relu_derivative(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 1.])
    """
    return np.where(np.asarray(Z) > 0, 1.0, 0.0)


exercise = Exercise(
    relu_derivative,
    tags=("elementwise", "derivative"),
    difficulty="easy",
    minutes=5,
    after=("relu",),
    inputs=arrays(low=-5, high=5).also(
        kink=np.array([-1e-8, 0.0, 1e-8]), ends=np.array([-1000.0, -3.0, 3.0, 1000.0])
    ),
    checks=(
        checks.preserves_shape(),
        checks.returns_floats(),
        checks.within(0, 1),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Draw ReLU and read its slope left and right of 0.",
        "A comparison gives True and False for every element; turn them into 1.0 and 0.0.",
        "np.where(condition, 1.0, 0.0) gives floats; read in the text what the slope at 0 is.",
    ),
    formula=r"\operatorname{relu}'(z) = 1 \text{ if } z > 0, \text{ else } 0",
    oracle=lambda m, Z: (m.sign(Z) + abs(m.sign(Z))) / 2,
    equivalents={
        "return np.where(1.0, np.asarray(Z) > 0, 0.0)": "True beside 0.0 becomes 1.0.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def one_at_zero(Z):
    """At 0 this gives 1. The course's convention is 0: compare with >, not >=."""
    return np.where(Z >= 0, 1.0, 0.0)


@exercise.mistake(caught_by=checks.returns_floats)
def booleans(Z):
    """A comparison gives True and False, with which you cannot subtract. Turn them into floats."""
    return np.asarray(Z > 0)


@exercise.mistake(caught_by=checks.returns_floats)
def integers(Z):
    """These are integers, as np.where(…, 1, 0) gives them. Write 1.0 and 0.0."""
    return np.where(Z > 0, 1, 0)


@exercise.mistake(caught_by=checks.matches_reference)
def relu_itself(Z):
    """This is ReLU. Return its slope, which is 1 wherever z is positive."""
    return np.maximum(0.0, Z)


@exercise.mistake(caught_by=checks.matches_reference)
def condition_on_an_array(Z):
    """`if` needs one True or False, an array has many. Use np.where."""
    return 1.0 if Z > 0 else 0.0


@exercise.mistake(caught_by=checks.matches_reference)
def sign(Z):
    """np.sign is -1 for negative numbers; the slope there is 0."""
    return np.sign(np.asarray(Z, dtype=float))
