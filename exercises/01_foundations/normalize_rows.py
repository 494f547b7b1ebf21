"""Normalize rows: every row to length 1."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


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
    raise NotImplementedError("normalize_rows")
