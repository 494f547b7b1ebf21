"""Dot product: one number from two vectors."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def dot_product(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    """Return the dot product of two vectors.

    Leave the arguments unchanged.

    Args:
        a: vector of shape (n,); integers too.
        b: vector of shape (n,); integers too.

    Returns:
        One number: the sum of the products of the entries at the same place.

    Raises:
        ValueError: the lengths differ, also where one of them is 1.

    >>> dot_product(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    raise NotImplementedError("dot_product")
