"""L1 norm: the length of a vector as a taxi drives it."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def l1_norm(v: NDArray[np.floating]) -> float:
    """Return the L1 norm of `v`: the sum of the absolute values of its entries.

    Args:
        v: vector of shape (n,), n at least 1; integers too.

    Returns:
        One number, never negative. Work by hand: np.linalg and scipy.linalg earn nothing.

    >>> l1_norm(np.array([3.0, -4.0]))
    7.0
    """
    return float(np.sum(np.abs(v)))


exercise = Exercise(
    l1_norm,
    tags=("vector", "norm"),
    difficulty="easy",
    minutes=5,
    inputs=arrays("n", low=-5, high=5).also(
        signs=np.array([3.0, -4.0]), all_negative=np.array([-1.5, -2.5]), zeros=np.zeros(3)
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.non_negative(),
        checks.homogeneous(-2.0),
        checks.forbids_calls("numpy.linalg", "scipy.linalg").named(
            "Works without np.linalg and scipy.linalg"
        ),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "How many blocks does a taxi drive from (0, 0) to (3, -4)?",
        "Going back costs as much as going forth: take every sign away before you add up.",
        "np.abs works element by element; one sum over the whole vector follows.",
    ),
    formula=r"\|v\|_1 = \sum_{i=1}^{n} |v_i|",
    condition=lambda v: len(v) * np.sum(np.abs(v)),
    oracle=lambda m, v: sum(max(x, -x) for x in v),
)


@exercise.mistake(caught_by=checks.matches_reference)
def signs_kept(v):
    """Negative entries were subtracted. Take the absolute value of each entry before you add up."""
    return float(np.sum(v))


@exercise.mistake(caught_by=checks.matches_reference)
def absolute_too_late(v):
    """The absolute value was taken of the sum. By then, entries of both signs have cancelled."""
    return float(np.abs(np.sum(v)))


@exercise.mistake(caught_by=checks.matches_reference)
def euclidean(v):
    """This is the L2 norm, the way of a bird. The L1 norm adds up absolute values, without squares."""
    return float(np.sqrt(np.sum(np.square(v))))


@exercise.mistake(caught_by=checks.matches_reference)
def mean_for_sum(v):
    """The absolute values were averaged. A norm adds them up."""
    return float(np.mean(np.abs(v)))


@exercise.mistake(caught_by=checks.matches_reference)
def largest_alone(v):
    """This is the largest absolute value, the norm with index infinity. Here all entries count."""
    return float(np.max(np.abs(v)))


@exercise.mistake(caught_by=checks.homogeneous)
def squared(v):
    """The entries were squared. The L1 norm grows in proportion to them: use np.abs."""
    return float(np.sum(np.square(v)))


@exercise.mistake(caught_by=checks.matches_shape)
def not_added_up(v):
    """One absolute value for every entry came back. Add them up."""
    return np.abs(v)


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(v):
    """np.linalg.norm does the work here. Write it with np.abs and a sum."""
    return float(np.linalg.norm(v, 1))


@exercise.mistake(caught_by=checks.does_not_mutate)
def signs_removed_in_place(v):
    """The caller's vector changed: its signs are lost. np.abs(v) makes a new array."""
    np.abs(v, out=v)
    return float(np.sum(v))


@exercise.mistake(caught_by=checks.matches_reference)
def first_entry_skipped(v):
    """The first entry is missing in the sum. Python counts from 0: range(len(v))."""
    return float(np.sum(np.abs(v[1:])))
