"""Compensated sum: keep what rounding throws away."""

import math

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def compensated_sum(x: NDArray[np.floating]) -> float:
    """Return the sum of `x`, with the rounding error of every addition caught and added at the end.

    The method is Neumaier's: beside the running total stands a correction. When t = total + value is
    computed, the part that rounding lost is (total - t) + value if |total| >= |value|, else
    (value - t) + total; it is added to the correction. The answer is total + correction. Work by hand:
    math.fsum earns nothing.

    Args:
        x: numbers, shape (n,), integers too, large ones such as 1e16 beside small ones; may be empty.

    Returns:
        One number. [1e16, 1, -1e16] gives 1.0, an empty array 0.0.

    >>> compensated_sum(np.array([1e16, 1.0, -1e16]))
    1.0
    """
    total = correction = 0.0
    for value in map(float, x):
        t = total + value
        large, small = (total, value) if abs(total) >= abs(value) else (value, total)
        correction += (large - t) + small
        total = t
    return total + correction


def _draw(rng):
    values = rng.uniform(-1, 1, size=rng.integers(4, 9)) * 10.0 ** rng.integers(0, 13)
    # The last one nearly cancels the rest: the true sum is what plain additions lose.
    small = np.round(rng.uniform(-1, 1, size=3), 3)
    order = rng.permutation(len(values) + 4)
    return call(np.concatenate([values, small, [-math.fsum(values)]])[order])


exercise = Exercise(
    compensated_sum,
    tags=("floating point", "loops", "stability"),
    difficulty="medium",
    minutes=15,
    after=("machine_epsilon",),
    inputs=drawn(_draw).also(
        ordinary=call(np.array([0.5, -1.25, 3.0])),
        integers=call(np.array([4, -7, 9])),
        one_lost_in_the_middle=call(np.array([1e16, 1.0, -1e16])),
        one_lost_at_the_start=call(np.array([1.0, 1e100, 1.0, -1e100])),
        many_small_ones=call(np.array([1e16, 0.5, 0.5, 0.5, 0.5, -1e16, 2.0])),
        single=call(np.array([0.1])),
        nothing=call(np.array([])),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.forbids_calls("math.fsum").named("Works without math.fsum"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(5),
    ),
    hints=(
        "Add 1e16 and 1 at the prompt, and take 1e16 away again: where has the 1 gone?",
        "t = total + value is rounded. (total - t) + value is what got lost, if total is the larger.",
        "Which of the two is larger can change with every step, so compare their sizes each time.",
        "The correction is never mixed into the total inside the loop: add it once, at the end.",
    ),
    formula=r"c \mathrel{+}= (s - t) + x_i, \quad t = s + x_i, \quad |s| \ge |x_i|",
    oracle=lambda m, x: sum(sorted(m.mpf(x), key=abs, reverse=True)),
    equivalents={
        "large, small = (total, value) if abs(total) > abs(value) else (value, total)": (
            "Of two numbers of one size the sum loses nothing."
        ),
    },
)


def _neumaier(x, lost=lambda total, value, t: (total - t) + value, end=lambda s, c: s + c):
    total = correction = 0.0
    for value in map(float, x):
        t = total + value
        correction += lost(total, value, t)
        total = t
    return end(total, correction)


def _right(total, value, t):
    return (total - t) + value if abs(total) >= abs(value) else (value - t) + total


@exercise.mistake(caught_by=checks.matches_reference)
def plain_sum(x):
    """This equals the plain sum, which loses the 1 of 1e16 + 1. Add up all lost parts, and add them last."""
    return _neumaier(x, end=lambda s, c: s)


@exercise.mistake(caught_by=checks.matches_reference)
def kahan_alone(x):
    """This is Kahan's sum, which loses the total when a larger number comes. Compare sizes each time."""
    total = correction = 0.0
    for value in map(float, x):
        y = value + correction
        t = total + y
        correction = y - (t - total)
        total = t
    return total


@exercise.mistake(caught_by=checks.matches_reference)
def never_compared(x):
    """(total - t) + value is the lost part only if |total| >= |value|. Swap them where value is larger."""
    return _neumaier(x)


@exercise.mistake(caught_by=checks.matches_reference)
def signs_ignored(x):
    """Sizes were compared with their signs: -1e16 is larger than 1 in size. Compare absolute values."""
    return _neumaier(x, lambda s, v, t: (s - t) + v if s >= v else (v - t) + s)


@exercise.mistake(caught_by=checks.matches_reference)
def correction_subtracted(x):
    """The correction was taken away. It holds what the total lacks: add it."""
    return _neumaier(x, _right, lambda s, c: s - c)


@exercise.mistake(caught_by=checks.matches_reference)
def sorted_first(x):
    """Sorting by size does not help where large numbers cancel. Catch the error of each addition."""
    return _neumaier(sorted(x, key=abs), end=lambda s, c: s)


@exercise.mistake(caught_by=checks.matches_reference)
def mean_for_sum(x):
    """This is the mean. Asked for is the sum."""
    return compensated_sum(x) / max(len(x), 1)


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(x):
    """math.fsum does the work here. Write the loop yourself."""
    return math.fsum(x)
