"""Determinant: by how much a matrix stretches space."""

import math
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def determinant(A: NDArray[np.floating]) -> float:
    """Return the determinant of a square matrix.

    Args:
        A: matrix of shape (n, n), n from 1 to 6; integers too; not changed. Numbers on the diagonal may
            be 0. For a singular matrix the answer is 0, up to rounding.

    Returns:
        One number. Work by hand, by elimination or by expansion along a row: functions of np.linalg and
        scipy.linalg earn nothing.

    >>> determinant(np.array([[0.0, 2.0], [4.0, 1.0]]))
    -8.0
    """
    rows = np.array(A, dtype=float)
    product = 1.0
    for column in range(len(rows)):
        pivot = column + int(np.argmax(np.abs(rows[column:, column])))
        if rows[pivot, column] == 0:
            return 0.0
        if pivot != column:
            rows[[column, pivot]] = rows[[pivot, column]]
            product = -product
        product *= rows[column, column]
        factors = rows[column + 1 :, column] / rows[column, column]
        rows[column + 1 :] -= np.outer(factors, rows[column])
    return float(product)


def _draw(rng):
    n = int(rng.integers(2, 6))
    return call(np.round(rng.uniform(-2, 2, size=(n, n)), 2))


def _exact(m, A):
    """Return the sum over all permutations, each with its sign."""
    total, n = 0, len(A)
    for order in permutations(range(n)):
        swaps = sum(order[i] > order[j] for i in range(n) for j in range(i, n))
        total += (-1) ** swaps * math.prod(A[i, j] for i, j in enumerate(order))
    return total


exercise = Exercise(
    determinant,
    tags=("matrix", "loops"),
    difficulty="medium",
    minutes=20,
    after=("inverse",),
    inputs=drawn(_draw).also(
        two_by_two=np.array([[1.0, 2.0], [3.0, 4.0]]),
        three_by_three=np.array([[2.0, 0.0, 1.0], [1.0, 3.0, 2.0], [1.0, 1.0, 4.0]]),
        one_by_one=np.array([[-4.0]]),
        zero_above_negative=np.array([[0.0, 1.0], [-2.0, 3.0]]),
        swapped_rows=np.array([[0.0, 1.0], [1.0, 0.0]]),
        two_swaps=np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
        triangular=np.array([[2.0, 5.0, 1.0], [0.0, 3.0, 7.0], [0.0, 0.0, -1.0]]),
        singular=np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
        zero_column=np.array([[0.0, 2.0], [0.0, 5.0]]),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.forbids_calls("numpy.linalg", "scipy.linalg").named(
            "Works without np.linalg and scipy.linalg"
        ),
        checks.does_not_mutate(),
        checks.matches_reference().worth(5),
    ),
    hints=(
        "What is the determinant of a triangular matrix? Multiply its diagonal.",
        "Subtracting a multiple of one row from another changes nothing; swapping two rows turns the sign.",
        "Eliminate below the diagonal, count the swaps, multiply the pivots. No pivot left means 0.",
    ),
    formula=r"\det A = (-1)^{s} \prod_{i=1}^{n} u_{ii}, \quad s \text{ swaps lead to the triangle } U",
    # Hadamard: no product in the expansion is larger than the product of the rows' lengths.
    condition=lambda A: 8 * len(A) ** 2 * np.prod(np.sqrt(np.sum(np.square(A, dtype=float), axis=1))),
    oracle=_exact,
)


def _expanded(A, *, sign=-1, skip=True):
    """Expand along the first row."""
    A = np.asarray(A, dtype=float)
    if len(A) == 1:
        return float(A[0, 0])
    total = 0.0
    for j in range(len(A)):
        minor = np.delete(A[1:], j, axis=1) if skip else np.delete(A[1:], 0, axis=1)
        total += sign**j * A[0, j] * _expanded(minor, sign=sign, skip=skip)
    return total


@exercise.mistake(caught_by=checks.matches_reference)
def swaps_not_counted(A):
    """Swapping two rows changes the sign of the determinant. Count the swaps."""
    rows = np.array(A, dtype=float)
    product = 1.0
    for column in range(len(rows)):
        pivot = column + int(np.argmax(np.abs(rows[column:, column])))
        rows[[column, pivot]] = rows[[pivot, column]]
        product *= rows[column, column]
        if rows[column, column]:
            factors = rows[column + 1 :, column] / rows[column, column]
            rows[column + 1 :] -= np.outer(factors, rows[column])
    return float(product)


@exercise.mistake(caught_by=checks.matches_reference)
def no_swap(A):
    """A 0 on the diagonal was divided by. Swap another row into its place, and change the sign."""
    rows = np.array(A, dtype=float)
    for column in range(len(rows)):
        factors = rows[column + 1 :, column] / rows[column, column]
        rows[column + 1 :] -= np.outer(factors, rows[column])
    return float(np.prod(np.diagonal(rows)))


@exercise.mistake(caught_by=checks.matches_reference)
def diagonal_alone(A):
    """The diagonal's product is the determinant of a triangular matrix. Eliminate below it first."""
    return float(np.prod(np.diagonal(A)))


@exercise.mistake(caught_by=checks.matches_reference)
def signs_do_not_alternate(A):
    """All terms of the expansion were added. Their signs alternate: plus, minus, plus, …"""
    return _expanded(A, sign=1)


@exercise.mistake(caught_by=checks.matches_reference)
def always_the_same_minor(A):
    """The first column was left out in every term. For the j-th entry leave out the j-th column."""
    return _expanded(A, skip=False)


@exercise.mistake(caught_by=checks.matches_reference)
def size_alone(A):
    """The sign was lost. A matrix that mirrors space has a negative determinant."""
    return abs(_expanded(A))


@exercise.mistake(caught_by=checks.matches_reference)
def singular_refused(A):
    """A column of zeros is no error here: the determinant is 0."""
    if not np.all(np.any(A, axis=0)):
        raise ValueError("singular")
    return _expanded(A)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(A):
    """The elimination overwrote the caller's matrix. Work on a copy."""
    found = _expanded(A)
    A[1:] = 0
    return found


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(A):
    """np.linalg.det does the work here. Eliminate or expand by hand."""
    return float(np.linalg.det(A))


@exercise.mistake(caught_by=checks.matches_reference)
def one_by_one_forgotten(A):
    """A matrix of one row was not thought of. Its determinant is its only entry."""
    if len(A) == 1:
        return A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    return _expanded(A)
