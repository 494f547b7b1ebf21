"""Slope of ReLU: 1 on the positive side, 0 elsewhere."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def relu_derivative(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the slope of ReLU at each element of `Z`.

    Leave `Z` unchanged.

    Args:
        Z: numbers of any shape, integers too; may be huge.

    Returns:
        Floating-point numbers in the shape of `Z`: 1.0 where z > 0, else 0.0. At 0 itself, where ReLU
        has a kink, this course takes 0.0.

    >>> relu_derivative(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 1.])
    """
    raise NotImplementedError("relu_derivative")
