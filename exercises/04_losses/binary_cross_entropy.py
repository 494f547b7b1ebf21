"""Binary cross-entropy: the price of a probability for yes or no."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def binary_cross_entropy(y_pred: NDArray[np.floating], y: NDArray[np.integer]) -> float:
    """Return the mean binary cross-entropy, with the natural logarithm.

    Leave the arguments unchanged.

    Args:
        y_pred: predicted probabilities of class 1, from 0 to 1, both included; shape (n,) or (n, 1).
        y: true classes, 0 or 1, in the shape of `y_pred`.

    Returns:
        One number: the mean of -(y log(y_pred) + (1 - y) log(1 - y_pred)). It is finite also where y_pred
        is exactly 0 or 1: if every prediction is certain and wrong it is between 15 and 800, if every one
        is certain and right it is 0, never less. To that end y_pred may be moved by up to
        1e-7, inside [0, 1].

    >>> round(binary_cross_entropy(np.array([0.5, 0.8]), np.array([0, 1])), 4)
    0.4581
    """
    raise NotImplementedError("binary_cross_entropy")
