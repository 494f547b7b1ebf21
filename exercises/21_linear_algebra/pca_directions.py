"""Principal directions: along which lines the data spread most."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def pca_directions(X: NDArray[np.floating], k: int) -> NDArray[np.floating]:
    """Return the k leading principal directions of the rows of `X`.

    They are the eigenvectors of the covariance matrix of the columns that belong to its k largest
    eigenvalues. Center the columns first; do not divide them by their spread.

    Args:
        X: samples in rows, shape (n, d) with n > d; integers too; not changed.
        k: number of directions, from 1 to d.

    Returns:
        Matrix of shape (d, k): one direction a column, of length 1, the one of the largest variance
        first. The sign of each column is yours to choose. np.linalg may be used.

    >>> np.abs(pca_directions(np.array([[0.0, 5.0], [2.0, 5.0], [4.0, 5.0]]), 1))
    array([[1.],
           [0.]])
    """
    raise NotImplementedError("pca_directions")
