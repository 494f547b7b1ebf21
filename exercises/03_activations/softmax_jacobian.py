"""Jacobian of softmax: how each score moves each probability."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def softmax_jacobian(z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the Jacobian matrix of softmax at one row of scores.

    Leave `z` unchanged.

    Args:
        z: scores (logits, not probabilities) of one sample, shape (k,), integers too.

    Returns:
        Matrix of shape (k, k): row i, column j holds the derivative of probability i with respect to score j.

    >>> softmax_jacobian(np.array([0.0, 0.0]))
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    raise NotImplementedError("softmax_jacobian")
