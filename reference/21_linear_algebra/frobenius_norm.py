"""Frobenius norm: how large a matrix is."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def frobenius_norm(A: NDArray[np.floating]) -> float:
    """Return the Frobenius norm of `A`: the root of the sum of the squares of all its entries.

    Args:
        A: matrix of shape (n, m), n and m at least 1; integers too. Entries may be as large as 1e200,
            whose squares overflow: the answer is right nevertheless. A matrix of zeros has norm 0.

    Returns:
        One number, never negative. Work by hand: np.linalg and scipy.linalg earn nothing.

    >>> frobenius_norm(np.array([[1.0, 2.0], [2.0, 4.0]]))
    5.0
    """
    largest = float(np.max(np.abs(A)))
    if largest == 0:
        return 0.0
    return largest * float(np.sqrt(np.sum(np.square(np.asarray(A) / largest))))


exercise = Exercise(
    frobenius_norm,
    tags=("matrix", "norm", "stability"),
    difficulty="medium",
    minutes=15,
    after=("l2_norm",),
    inputs=arrays("n m", low=-5, high=5)
    .also(
        diagonal=np.array([[3.0, 0.0], [0.0, -4.0]]),
        all_negative=np.array([[-1.0, -2.0, -2.0]]),
        zeros=np.zeros((2, 3)),
    )
    .only(
        entries_of_1e200=np.array([[3e200, 0.0], [0.0, -4e200]]),
        one_entry_of_1e200=np.array([[1.0, 2.0], [-1e200, 3.0]]),
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
        checks.matches_reference().on("*1e200").worth(2).named("Right for entries of 1e200"),
    ),
    hints=(
        "Forget the rows and columns: it is the L2 norm of all the entries in one long line.",
        "np.sum without an axis adds up the whole matrix.",
        "Measure in units of the largest absolute entry, so that no square overflows.",
    ),
    formula=r"\|A\|_F = \sqrt{\sum_{i=1}^{n} \sum_{j=1}^{m} a_{ij}^2}",
    condition=lambda A: A.size * np.max(np.abs(A)),
    oracle=lambda m, A: m.sqrt(np.trace(A.T @ A)),
)


@exercise.mistake(caught_by="matches_reference_right_for_entries_of_1e200")
def squares_overflow(A):
    """1e200 squared is inf. Divide by the largest absolute value first, and multiply by it at the end."""
    return float(np.sqrt(np.sum(np.square(A))))


@exercise.mistake(caught_by=checks.matches_shape)
def one_for_each_column(A):
    """Every column got a norm of its own. Sum over the whole matrix, without an axis."""
    return np.sqrt(np.sum(np.square(A), axis=0))


@exercise.mistake(caught_by=checks.homogeneous)
def root_forgotten(A):
    """This is the square of the norm. Take the root of the sum."""
    return float(np.sum(np.square(A)))


@exercise.mistake(caught_by="matches_reference")
def diagonal_alone(A):
    """Only the diagonal was counted. Every entry of the matrix belongs to the sum."""
    return float(np.sqrt(np.sum(np.square(np.diagonal(A)))))


@exercise.mistake(caught_by="matches_reference")
def largest_row(A):
    """This is the largest sum of a row, another norm. Add up the squares of all entries."""
    return float(np.max(np.sum(np.abs(A), axis=1)))


@exercise.mistake(caught_by="matches_reference")
def product_with_itself(A):
    """Products of different rows may be in the sum, as of A @ A.T. Square entry by entry: A ** 2."""
    return float(np.sqrt(np.abs(np.sum(A @ A.T))))


@exercise.mistake(caught_by="matches_reference")
def zero_divided(A):
    """For a matrix of zeros this is 0/0, which is nan. Its norm is 0: decide that before you divide."""
    largest = np.max(np.abs(A))
    return float(largest * np.sqrt(np.sum(np.square(A / largest))))


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(A):
    """np.linalg.norm does the work here. Write it with squares and a root."""
    largest = np.max(np.abs(A))
    return float(np.linalg.norm(A / largest) * largest) if largest else 0.0


@exercise.mistake(caught_by="matches_reference")
def absolute_values_added(A):
    """The absolute values were added up. Add up the squares, and take the root of the sum."""
    return float(np.sum(np.abs(A)))
