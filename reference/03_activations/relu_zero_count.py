"""Silent units: count what ReLU sets to zero."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def relu_zero_count(Z: NDArray[np.floating]) -> int:
    """Return how many elements of `Z` become 0 under ReLU.

    Args:
        Z: numbers of any shape, integers too, may be empty; elements that are 0 already count too.

    Returns:
        One whole number.

    >>> relu_zero_count(np.array([[-2.0, 0.0], [3.0, -1.0]]))
    3
    """
    return int(np.count_nonzero(np.asarray(Z) <= 0))


exercise = Exercise(
    relu_zero_count,
    tags=("counting",),
    difficulty="easy",
    minutes=5,
    after=("relu",),
    inputs=arrays(low=-3, high=3).also(
        zeros=np.array([0.0, 0.0, 1.0]),
        all_positive=np.array([[1.0, 2.0]]),
        all_negative=np.array([-1.0, -2.0]),
    ),
    checks=(
        checks.matches_shape().named("Returns one whole number"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Which numbers does ReLU set to 0? Think of 0 itself.",
        "A comparison makes an array of True and False; counting the True ones is a sum.",
        "np.sum without an axis adds up the whole array, whatever its shape.",
    ),
    formula=r"\#\{\, i : z_i \le 0 \,\}",
    oracle=lambda m, Z: sum(max(0, z) == 0 for z in np.ravel(Z)),
)


@exercise.mistake(caught_by=checks.matches_reference)
def zeros_forgotten(Z):
    """Elements that are exactly 0 were left out; ReLU gives 0 for them too. Compare with <=."""
    return int(np.sum(np.asarray(Z) < 0))


@exercise.mistake(caught_by=checks.matches_shape)
def one_count_a_row(Z):
    """There is one count for each column. Sum over the whole array, without an axis."""
    return np.sum(np.asarray(Z) <= 0, axis=0)


@exercise.mistake(caught_by=checks.matches_reference)
def active_ones(Z):
    """This counts the positive elements, which ReLU keeps. Count the others."""
    return int(np.sum(np.asarray(Z) > 0))


@exercise.mistake(caught_by=checks.matches_shape)
def share(Z):
    """This is the share of zeros, as np.mean gives it. Return their number."""
    return float(np.mean(np.asarray(Z) <= 0))


@exercise.mistake(caught_by=checks.matches_reference)
def length_of_where(Z):
    """This is the number of axes, as len(np.where(…)) gives it. np.sum of the comparison counts."""
    return len(np.where(np.asarray(Z) <= 0))


@exercise.mistake(caught_by=checks.matches_reference)
def values_added_up(Z):
    """The values that become 0 were added up. Count them: np.sum(Z <= 0)."""
    return np.sum(np.asarray(Z)[np.asarray(Z) <= 0])
