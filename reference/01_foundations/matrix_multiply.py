"""Matrix product: rows times columns."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def matrix_multiply(X: NDArray[np.floating], W: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the matrix product of `X` and `W`.

    Args:
        X: matrix of shape (m, n); integers too.
        W: matrix of shape (n, p); integers too.

    Returns:
        Matrix of shape (m, p): row i, column j holds the sum over k of X[i, k] * W[k, j]. Of integers it
        may hold integers or floats.

    Raises:
        ValueError: `X` has another number of columns than `W` has rows.

    >>> matrix_multiply(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]))
    array([[11.]])
    """
    return X @ W


exercise = Exercise(
    matrix_multiply,
    tags=("matrix", "shapes"),
    difficulty="easy",
    minutes=10,
    after=("dot_product",),
    inputs=together(arrays("m n", low=-5, high=5), arrays("n p", low=-5, high=5)).only(
        too_many_rows=call(np.ones((2, 2)), np.ones((3, 2))),
        too_few_rows=call(np.ones((2, 3)), np.ones((2, 3))),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (m, p)"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.raises("ValueError").on("too * rows").named("Raises ValueError where the shapes do not fit"),
    ),
    hints=(
        "Multiply a (1, 2) matrix by a (2, 1) matrix on paper; the result is one number.",
        "Entry (i, j) is the dot product of row i of X and column j of W.",
        "The operator @ does all of it, the check of the shapes included; * is something else.",
    ),
    formula=r"(XW)_{ij} = \sum_{k=1}^{n} x_{ik} w_{kj}",
    condition=lambda X, W: X.shape[1] * (np.abs(X) @ np.abs(W)),
    oracle=lambda m, X, W: np.array([[sum(row * column) for column in W.T] for row in X]),
)


@exercise.mistake(caught_by=checks.matches_reference)
def elementwise(X, W):
    """The entries may be multiplied one by one, as * does. The matrix product adds up products: use @."""
    return np.multiply(X, W)


@exercise.mistake(caught_by=checks.matches_reference)
def order_turned(X, W):
    """The factors may be in the wrong order: X W is not W X."""
    return W @ X


@exercise.mistake(caught_by=checks.matches_reference)
def transposed(X, W):
    """W was transposed, so rows meet rows. Rows of X meet columns of W: X @ W."""
    return X @ W.T


@exercise.mistake(caught_by=checks.raises)
def shapes_not_checked(X, W):
    """Factors that do not fit gave a result. Compare X.shape[1] with W.shape[0] first."""
    out = np.zeros((X.shape[0], W.shape[1]))
    for k in range(X.shape[1]):
        out += X[:, k : k + 1] * W[k]
    return out


@exercise.mistake(caught_by=checks.matches_reference)
def overwritten(X, W):
    """Only the last product is in the answer: each may overwrite the one before. Add them up: +=."""
    if X.shape[1] != W.shape[0]:
        raise ValueError("shapes do not fit")
    return X[:, -1:] * 1.0 * W[-1]


@exercise.mistake(caught_by=checks.matches_reference)
def last_left_out(X, W):
    """The last column of X and the last row of W may be left out: range(n) already stops at n - 1."""
    if X.shape[1] != W.shape[0]:
        raise ValueError("shapes do not fit")
    return X[:, :-1] @ W[:-1]


@exercise.mistake(caught_by=checks.matches_reference)
def integer_sums(X, W):
    """The decimals were cut off: the array for the sums may hold integers. np.zeros makes floats."""
    out = np.zeros((X.shape[0], W.shape[1]), dtype=int)
    out[...] = X @ W
    return out


@exercise.mistake(caught_by=checks.raises)
def a_number_for_an_error(X, W):
    """For shapes that do not fit you returned -1. Raise a ValueError; X @ W does so by itself."""
    return X @ W if X.shape[1] == W.shape[0] else -1
