"""Hadamard product: multiply entry by entry."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def hadamard(A: NDArray[np.floating], B: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the element-wise product of `A` and `B`.

    Leave the arguments unchanged.

    Args:
        A: numbers of any shape; integers too.
        B: numbers of the same shape; integers too.

    Returns:
        An array of that shape: each entry is the product of the two entries at its place. Products of
        integers may be integers or floats.

    >>> hadamard(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]]))
    array([[ 5., 12.],
           [21., 32.]])
    """
    raise NotImplementedError("hadamard")
