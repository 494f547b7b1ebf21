"""Covariance matrix: how columns vary together."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def covariance_matrix(X: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the sample covariance matrix of the columns of `X`.

    Args:
        X: observations in rows, variables in columns, shape (n, d) with n at least 2; integers too; not
            changed.

    Returns:
        Matrix of shape (d, d), also for d = 1: entry (i, j) is the sum, over the rows, of the products of
        the distances of columns i and j from their means, divided by n - 1. Work by hand:
        np.cov earns nothing.

    >>> covariance_matrix(np.array([[1.0, 5.0], [2.0, 1.0], [3.0, 3.0]]))
    array([[ 1., -1.],
           [-1.,  4.]])
    """
    raise NotImplementedError("covariance_matrix")
