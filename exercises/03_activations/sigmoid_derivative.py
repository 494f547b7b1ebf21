"""Slope of the sigmoid: how fast it rises at each point."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def sigmoid_derivative(x: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the derivative of the sigmoid at each element of `x`.

    Leave `x` unchanged.

    Args:
        x: points at which the slope is asked for, any shape, integers too. These are the inputs of the
            sigmoid, not its values. They may be huge: the slope at 1000 and at -1000 is 0.

    Returns:
        Slopes between 0 and 1/4, in the shape of `x`.

    >>> sigmoid_derivative(np.array([0.0, 3.0]))
    array([0.25      , 0.04517666])
    """
    raise NotImplementedError("sigmoid_derivative")
