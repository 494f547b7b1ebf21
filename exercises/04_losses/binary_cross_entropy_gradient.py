"""Gradient of binary cross-entropy with respect to the probabilities."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def binary_cross_entropy_gradient(
    y_pred: NDArray[np.floating], y: NDArray[np.integer]
) -> NDArray[np.floating]:
    """Return the gradient of the mean binary cross-entropy with respect to `y_pred`.

    Leave the arguments unchanged.

    Args:
        y_pred: predicted probabilities of class 1, strictly between 0 and 1; shape (n,) or (n, 1).
        y: true classes, 0 or 1, in the shape of `y_pred`.

    Returns:
        (y_pred - y) / (y_pred (1 - y_pred) n) in the shape of `y_pred`; n is the number of samples. An
        epsilon of at most 1e-7 that keeps the denominator away from 0 is fine.

    >>> binary_cross_entropy_gradient(np.array([0.5, 0.75]), np.array([0, 1]))
    array([ 1.        , -0.66666667])
    """
    raise NotImplementedError("binary_cross_entropy_gradient")
