"""Column vector: give a list of numbers two axes."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import ArrayLike, NDArray


def column_vector(values: ArrayLike) -> NDArray[np.generic]:
    """Return the numbers as a column: an array of shape (n, 1).

    Leave `values` unchanged.

    Args:
        values: n numbers, a list or an array of shape (n,); n may be 1, and it may be 0.

    Returns:
        An array of shape (n, 1) with the numbers in their order; integers may stay integers.
        No numbers give shape (0, 1).

    >>> column_vector([1.5, 2.0, 4.0])
    array([[1.5],
           [2. ],
           [4. ]])
    """
    raise NotImplementedError("column_vector")
