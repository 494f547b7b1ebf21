"""Hadamard product: multiply entry by entry."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def hadamard(A: NDArray[np.floating], B: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the element-wise product of `A` and `B`.

    Args:
        A: numbers of any shape; integers too.
        B: numbers of the same shape; integers too.

    Returns:
        An array of that shape: each entry is the product of the two entries at its place. Products of
        integers may be integers or floats.

    >>> hadamard(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]]))
    array([[ 5., 12.],
           [21., 32.]])
    """
    return np.multiply(A, B)


exercise = Exercise(
    hadamard,
    tags=("elementwise", "matrix"),
    difficulty="easy",
    minutes=5,
    inputs=together(arrays(low=-5, high=5), arrays(low=-5, high=5)).also(
        square=call(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]]))
    ),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "The answer has the shape of A; each entry needs one entry of A and one of B.",
        "This is not the matrix product: nothing is added up.",
        "For arrays, * and np.multiply work entry by entry; @ does not.",
    ),
    formula=r"(A \odot B)_{ij} = a_{ij}\, b_{ij}",
    oracle=lambda m, A, B: A * B,
    equivalents={
        "return np.multiply(B, A)": "Multiplication is commutative.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def matrix_product(A, B):
    """This may be the matrix product, @, which adds up products. Entry by entry is * or np.multiply."""
    return A @ B


@exercise.mistake(caught_by=checks.matches_reference)
def added(A, B):
    """The entries were added. Multiply them."""
    return np.add(A, B)


@exercise.mistake(caught_by=checks.preserves_shape)
def every_pair(A, B):
    """Every entry was multiplied with every other one. Multiply those at one place: A * B."""
    return np.multiply.outer(A, B)


@exercise.mistake(caught_by=checks.preserves_shape)
def added_up(A, B):
    """The products were added up to one number. Leave them where they are."""
    return np.sum(np.multiply(A, B))


@exercise.mistake(caught_by=checks.matches_reference)
def squared(A, B):
    """B was not used: this is A times A."""
    return np.multiply(A, A)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(A, B):
    """The caller's A was changed, as by `A *= B`. Write A * B, which makes a new one."""
    if isinstance(A, np.ndarray):
        A *= B
        return A
    return A * B


@exercise.mistake(caught_by=checks.preserves_shape)
def rows_added_up(A, B):
    """The products were added up along the last axis, as in a dot product. Leave them where they are."""
    return np.sum(A * B, axis=-1)
