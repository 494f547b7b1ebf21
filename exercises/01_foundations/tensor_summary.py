"""Tensor summary: rank, shape and dtype of an array."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def tensor_summary(t: NDArray[np.generic]) -> tuple[int, tuple[int, ...], str]:
    """Return the rank, the shape and the name of the dtype of `t`.

    Leave `t` unchanged.

    Args:
        t: an array of numbers or booleans of any dtype, with any number of axes, none included.

    Returns:
        A plain tuple of three: the rank, which is the number of axes, as an int; the shape as a tuple of
        ints; the name of the dtype as a string, such as "float64" or "bool".

    >>> tensor_summary(np.zeros((2, 3)))
    (2, (2, 3), 'float64')
    """
    raise NotImplementedError("tensor_summary")
