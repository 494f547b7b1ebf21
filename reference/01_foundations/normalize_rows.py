"""Normalize rows: every row to length 1."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def normalize_rows(X: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return `X` with each row divided by its length, the root of the sum of its squares.

    Args:
        X: vectors in rows, shape (n, d); integers too. `X` itself is not changed.

    Returns:
        An array of shape (n, d) whose rows have length 1; a row of zeros stays zeros. A small number
        added to the length, at most 1e-8, is fine.

    >>> normalize_rows(np.array([[3.0, 4.0], [0.0, 0.0]]))
    array([[0.6, 0.8],
           [0. , 0. ]])
    """
    length = np.sqrt((X * 1.0 * X).sum(axis=1, keepdims=True))
    return X / np.where(length > 0, length, 1)


def _condition(X):
    # 2.5e7 units of roundoff are the 1e-8 that the text allows beside the length.
    length = np.linalg.norm(X, axis=1, keepdims=True)
    return 2.5e7 * np.abs(X) / length**2


def _exact(m, X):
    return np.array([row / (m.sqrt(sum(row**2)) or 1) for row in m.mpf(X)])


exercise = Exercise(
    normalize_rows,
    tags=("broadcasting", "norm"),
    difficulty="easy",
    minutes=10,
    inputs=arrays("n d", low=-6, high=6).also(
        triangles=np.array([[3.0, 4.0], [5.0, 12.0], [0.3, 0.4]]),
        zero_row=np.array([[1.0, 2.0, 2.0], [0.0, 0.0, 0.0]]),
    ),
    checks=(
        checks.preserves_shape(),
        checks.within(-1, 1),
        checks.finite().named("Stays finite for a row of zeros"),
        checks.does_not_mutate().worth(2),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "The length of (3, 4) is 5: square, add up along the row, take the root.",
        "The lengths need the shape (n, 1) to divide row by row: keepdims=True.",
        "Divide a row of zeros by 1 instead of by its length.",
    ),
    formula=r"x'_i = x_i / \lVert x_i \rVert, \quad \lVert x_i \rVert = \sqrt{\textstyle\sum_j x_{ij}^2}",
    condition=_condition,
    oracle=_exact,
    equivalents={
        "length = np.sqrt((X / 1.0 * X).sum(axis=1, keepdims=True))": "Division by 1 is multiplication by 1.",
        "return X / np.where(length > 0, length, 2)": "0 / 2 is 0 as well.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def length_of_everything(X):
    """One length was used for the whole matrix. Each row has its own: axis=1."""
    return X / np.linalg.norm(X)


@exercise.mistake(caught_by=checks.matches_reference)
def columns(X):
    """The columns have length 1, the rows have not. The sum runs along axis 1."""
    length = np.linalg.norm(X, axis=0, keepdims=True)
    return X / np.where(length > 0, length, 1)


@exercise.mistake(caught_by=checks.finite)
def no_guard(X):
    """A row of zeros has length 0, and 0 / 0 is nan. Divide it by 1."""
    return X / np.linalg.norm(X, axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.matches_reference)
def keepdims_forgotten(X):
    """Lengths of shape (n,) may be read as one for each column. keepdims=True gives (n, 1)."""
    return X / (np.linalg.norm(X, axis=1) + 1e-8)


@exercise.mistake(caught_by=checks.matches_reference)
def root_forgotten(X):
    """This divides by the sum of squares. The length is its square root."""
    length = (X * 1.0 * X).sum(axis=1, keepdims=True)
    return X / np.where(length > 0, length, 1)


@exercise.mistake(caught_by=checks.matches_reference)
def sum_of_sizes(X):
    """This divides by the sum of the absolute values. The Euclidean length takes squares and a root."""
    length = np.abs(X).sum(axis=1, keepdims=True)
    return X / np.where(length > 0, length, 1)


@exercise.mistake(caught_by=checks.matches_reference)
def largest_entry(X):
    """This divides by each row's largest entry. Divide by its length."""
    length = np.abs(X).max(axis=1, keepdims=True)
    return X / np.where(length > 0, length, 1)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(X):
    """The caller's array was changed, as by `X /= …`. Write X / …, which makes a new one."""
    length = np.linalg.norm(X, axis=1, keepdims=True)
    X /= np.where(length > 0, length, 1)
    return X
