"""Eigenvectors of a symmetric 2 by 2 matrix: the directions that are only stretched."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def eigenvectors_2x2(A: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the unit eigenvectors of a symmetric 2 by 2 matrix as columns.

    Leave `A` unchanged.

    Args:
        A: symmetric matrix of shape (2, 2) with two different eigenvalues; it may be diagonal; integers
            too.

    Returns:
        Matrix of shape (2, 2): column 0 is an eigenvector of the larger eigenvalue, column 1 one of the
        smaller. Each column has length 1; its sign is yours to choose. Work by hand: the eigenvalue
        functions and svd of np.linalg, and scipy.linalg, earn nothing.

    >>> np.abs(eigenvectors_2x2(np.array([[2, 0], [0, 5]]))).round(4)
    array([[0., 1.],
           [1., 0.]])
    """
    raise NotImplementedError("eigenvectors_2x2")
