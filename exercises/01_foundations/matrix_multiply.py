"""Matrix product: rows times columns."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def matrix_multiply(X: NDArray[np.floating], W: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the matrix product of `X` and `W`.

    Leave the arguments unchanged.

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
    raise NotImplementedError("matrix_multiply")
