"""Center: move every column of a matrix so that its mean is 0."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def center_columns(X: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return `X` with each column's mean subtracted from it.

    Args:
        X: one sample in each row, shape (n, d), at least one row.

    Returns:
        A new array of the same shape; each column's mean is 0.

    >>> center_columns(np.array([[1.0, 10.0], [3.0, 30.0]]))
    array([[ -1., -10.],
           [  1.,  10.]])
    """
    return X - X.mean(axis=0)


exercise = Exercise(
    center_columns,
    tags=("broadcasting",),
    inputs=arrays(ndim=2, low=-5, high=5),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "How many means does a matrix of 4 rows and 3 columns have here?",
        "X.mean(axis=0) runs down the rows and leaves one number for each column.",
    ),
    formula=r"x'_{ij} = x_{ij} - \bar{x}_j",
)


@exercise.mistake(caught_by=checks.matches_reference)
def whole_mean(X):
    """One mean of all numbers was subtracted. Each column has its own: say axis=0."""
    return X - X.mean()


@exercise.mistake(caught_by=checks.matches_reference)
def rows(X):
    """Each row's mean was subtracted. axis=0 runs down the columns; axis=1 runs along the rows."""
    return X - X.mean(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(X):
    """`X -= …` changes the caller's array: write X - X.mean(axis=0), which makes a new one."""
    X -= X.mean(axis=0)
    return X
