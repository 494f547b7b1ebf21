"""Determinant: by how much a matrix stretches space."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


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
    raise NotImplementedError("determinant")
