"""L2 norm: the length of a vector as a bird flies it."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def l2_norm(v: NDArray[np.floating]) -> float:
    """Return the L2 norm of `v`: the root of the sum of the squares of its entries.

    Args:
        v: vector of shape (n,), n at least 1; integers too. Entries may be as large as 1e200, whose
            squares overflow: the answer is right nevertheless. A vector of zeros has norm 0.

    Returns:
        One number, never negative. Work by hand: np.linalg and scipy.linalg earn nothing.

    >>> l2_norm(np.array([3.0, -4.0]))
    5.0
    """
    largest = float(np.max(np.abs(v)))
    if largest == 0:
        return 0.0
    return largest * float(np.sqrt(np.sum(np.square(np.asarray(v) / largest))))


exercise = Exercise(
    l2_norm,
    tags=("vector", "norm", "stability"),
    difficulty="medium",
    minutes=15,
    after=("l1_norm",),
    inputs=arrays("n", low=-5, high=5)
    .also(signs=np.array([3.0, -4.0]), zeros=np.zeros(3), ones=np.ones(4))
    .only(entries_of_1e200=np.array([3e200, -4e200]), one_entry_of_1e200=np.array([1.0, -1e200, 2.0])),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.non_negative(),
        checks.homogeneous(-2.0),
        checks.forbids_calls("numpy.linalg", "scipy.linalg").named(
            "Works without np.linalg and scipy.linalg"
        ),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("*1e200").worth(2).named("Right for entries of 1e200"),
    ),
    hints=(
        "Pythagoras: how long is the arrow from (0, 0) to (3, -4)?",
        "1e200 squared overflows, 1 squared does not: what if you measure in units of the largest entry?",
        "Divide by the largest absolute value, compute, multiply back. Which vector must not be divided?",
    ),
    formula=r"\|v\|_2 = \sqrt{\sum_{i=1}^{n} v_i^2}",
    condition=lambda v: len(v) * np.max(np.abs(v)),
    oracle=lambda m, v: m.sqrt(sum(x * x for x in m.mpf(v))),
)


@exercise.mistake(caught_by="matches_reference_right_for_entries_of_1e200")
def squares_overflow(v):
    """1e200 squared is inf. Divide by the largest absolute value first, and multiply by it at the end."""
    return float(np.sqrt(np.sum(np.square(v))))


@exercise.mistake(caught_by="matches_reference")
def zero_divided(v):
    """For a vector of zeros this is 0/0, which is nan. Its norm is 0: decide that before you divide."""
    largest = np.max(np.abs(v))
    return float(largest * np.sqrt(np.sum(np.square(v / largest))))


@exercise.mistake(caught_by=checks.homogeneous)
def root_forgotten(v):
    """This is the square of the norm. Take the root of the sum."""
    return float(np.sum(np.square(v)))


@exercise.mistake(caught_by="matches_reference")
def sum_squared(v):
    """The sum was squared, and the root undid it. Square each entry before you add up."""
    return float(np.sqrt(np.sum(np.abs(v)) ** 2))


@exercise.mistake(caught_by="matches_reference")
def mean_of_the_squares(v):
    """The mean of the squares is taken here. A norm takes their sum."""
    return float(np.sqrt(np.mean(np.square(v))))


@exercise.mistake(caught_by="matches_reference")
def not_scaled_back(v):
    """The vector was divided by its largest entry, but the result was not multiplied by it again."""
    largest = np.max(np.abs(v))
    return float(np.sqrt(np.sum(np.square(v / (largest or 1)))))


@exercise.mistake(caught_by="matches_reference")
def largest_with_sign(v):
    """The scale may be the largest entry with its sign, 0 or negative at times. Take its absolute value."""
    largest = np.max(v)
    return float(largest * np.sqrt(np.sum(np.square(v / largest)))) if largest else 0.0


@exercise.mistake(caught_by=checks.does_not_mutate)
def scaled_in_place(v):
    """The caller's vector changed. Divide into a new array: v / largest, not v /= largest."""
    largest = np.max(np.abs(v))
    if largest:
        v /= largest
    return float(largest * np.sqrt(np.sum(np.square(v))))


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(v):
    """np.linalg.norm does the work here. Write it with squares and a root."""
    largest = np.max(np.abs(v))
    return float(np.linalg.norm(v / largest) * largest) if largest else 0.0
