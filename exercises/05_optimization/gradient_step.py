"""Gradient step: a small move downhill."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def gradient_step(W: NDArray[np.floating], grad: NDArray[np.floating], lr: float) -> NDArray[np.floating]:
    """Return the weights after one step of gradient descent.

    Args:
        W: weights of any shape, integers too; they are not changed.
        grad: gradient of the loss with respect to `W`, same shape.
        lr: learning rate.

    Returns:
        W - lr * grad, a new array in the shape of `W`.

    >>> gradient_step(np.array([1.0, 2.0]), np.array([10.0, -10.0]), 0.1)
    array([0., 3.])
    """
    raise NotImplementedError("gradient_step")
