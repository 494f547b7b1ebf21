"""Frobenius norm: how large a matrix is."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def frobenius_norm(A: NDArray[np.floating]) -> float:
    """Return the Frobenius norm of `A`: the root of the sum of the squares of all its entries.

    Leave `A` unchanged.

    Args:
        A: matrix of shape (n, m), n and m at least 1; integers too. Entries may be as large as 1e200,
            whose squares overflow: the answer is right nevertheless. A matrix of zeros has norm 0.

    Returns:
        One number, never negative. Work by hand: np.linalg and scipy.linalg earn nothing.

    >>> frobenius_norm(np.array([[1.0, 2.0], [2.0, 4.0]]))
    5.0
    """
    raise NotImplementedError("frobenius_norm")
