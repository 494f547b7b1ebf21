"""Inverse matrix: undo a linear map, by Gauss and Jordan."""
# Hard, about 30 minutes.

import numpy as np
from numpy.typing import NDArray


def inverse(A: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the inverse of a square matrix by Gauss-Jordan elimination with row swaps.

    Args:
        A: matrix of shape (n, n), n at least 1; integers too; not changed. A number on the diagonal may
            be 0, or as small as 1e-20 beside ordinary ones: in each column, swap the row with the
            largest absolute value, from the diagonal downwards, into the diagonal's place before you
            divide.

    Returns:
        Floating-point matrix of shape (n, n) whose product with `A` is the identity. Work by
        hand: functions of np.linalg and scipy.linalg, and np.matrix, earn nothing.

    Raises:
        ValueError: `A` is singular: a column has only exact zeros left to divide by.

    >>> inverse(np.array([[0.0, 2.0], [4.0, 0.0]]))
    array([[0.  , 0.25],
           [0.5 , 0.  ]])
    """
    raise NotImplementedError("inverse")
