"""Dot product: one number from two vectors."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def dot_product(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    """Return the dot product of two vectors.

    Args:
        a: vector of shape (n,); integers too.
        b: vector of shape (n,); integers too.

    Returns:
        One number: the sum of the products of the entries at the same place.

    Raises:
        ValueError: the lengths differ, also where one of them is 1.

    >>> dot_product(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    if len(a) != len(b):
        raise ValueError(f"lengths {len(a)} and {len(b)} differ")
    return float(np.sum(a * b))


exercise = Exercise(
    dot_product,
    tags=("vector", "shapes"),
    difficulty="easy",
    minutes=10,
    after=("hadamard",),
    inputs=together(arrays("n", low=-5, high=5), arrays("n", low=-5, high=5))
    .also(
        right_angle=call(np.array([1.0, 2.0]), np.array([-2.0, 1.0])),
        steps=call(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])),
    )
    .only(
        lengths_3_and_4=call(np.ones(3), np.ones(4)),
        lengths_1_and_3=call(np.ones(1), np.ones(3)),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.raises("ValueError").on("lengths *").named("Raises ValueError where the lengths differ"),
    ),
    hints=(
        "Multiply (1, 2) and (3, 4) on paper: 1 times 3 plus 2 times 4.",
        "Two steps: products entry by entry, then their sum.",
        "Does your code notice vectors of different length, or does it go on with a part of them?",
    ),
    formula=r"a \cdot b = \sum_{i=1}^{n} a_i b_i",
    condition=lambda a, b: len(a) * float(np.sum(np.abs(a * b))),
    oracle=lambda m, a, b: sum(x * y for x, y in zip(a, b, strict=True)),
)


@exercise.mistake(caught_by=checks.matches_shape)
def not_added_up(a, b):
    """These are the products, entry by entry. The dot product is their sum."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return a * b


@exercise.mistake(caught_by=checks.raises)
def cut_to_the_shorter(a, b):
    """Different lengths gave a number. zip, for one, stops at the shorter end: compare the lengths first."""
    return float(sum(x * y for x, y in zip(a, b, strict=False)))


@exercise.mistake(caught_by=checks.raises)
def broadcast(a, b):
    """A length of 1 beside 3 gave a number: NumPy broadcasts it. Compare the lengths first."""
    return np.sum(a * b)


@exercise.mistake(caught_by=checks.matches_shape)
def every_pair(a, b):
    """Every entry was multiplied with every other one, which gives a matrix. Use entries at one place."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return np.outer(a, b)


@exercise.mistake(caught_by=checks.matches_reference)
def product_of_sums(a, b):
    """The sums were multiplied. Multiply first, then add up."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return float(np.sum(a) * np.sum(b))


@exercise.mistake(caught_by=checks.matches_reference)
def mean(a, b):
    """The sum may be divided by n, as np.mean does. The dot product is the sum itself."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return float(np.mean(a * b))


@exercise.mistake(caught_by=checks.matches_reference)
def first_left_out(a, b):
    """The first entry may be left out: indices start at 0, so range(n), not range(1, n)."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return float(sum(a[i] * b[i] for i in range(1, len(a))))


@exercise.mistake(caught_by=checks.matches_reference)
def cosine(a, b):
    """This is the cosine of the angle: the dot product divided by both lengths. Leave the division away."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    return float(np.sum(a * b) / np.sqrt(np.sum(a * a) * np.sum(b * b)))


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(a, b):
    """The vector a was changed, as by `a *= b`. Write a * b, which makes a new one."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    a *= b
    return float(np.sum(a))


@exercise.mistake(caught_by=checks.raises)
def a_number_for_an_error(a, b):
    """For different lengths you returned -1. Raise an exception: raise ValueError("lengths differ")."""
    if len(a) != len(b):
        return -1
    return float(np.sum(a * b))


@exercise.mistake(caught_by=checks.matches_reference)
def returned_inside_the_loop(a, b):
    """Only the first product counts: the return may stand inside the loop. Move it out to the left."""
    if len(a) != len(b):
        raise ValueError("lengths differ")
    for x, y in zip(a, b, strict=True):
        return x * y
    return 0.0
