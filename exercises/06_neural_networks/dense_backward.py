"""Dense layer backwards: three gradients from one."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def dense_backward(
    dZ: NDArray[np.floating], A_prev: NDArray[np.floating], W: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to input, weights and biases of Z = W A_prev + b.

    Leave the arguments unchanged.

    Args:
        dZ: gradient with respect to Z, shape (k, m): one column for each of m samples.
        A_prev: outputs of the layer before, shape (k_prev, m).
        W: weights, shape (k, k_prev).

    Returns:
        A tuple (dA_prev, dW, db) in the shapes of A_prev, W and b, which is (k, 1). dW and db are sums over
        the samples: a factor 1/m, if the loss has one, is in dZ already.

    >>> dA_prev, dW, db = dense_backward(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]), np.array([[5.0]]))
    >>> dA_prev, dW, db
    (array([[ 5., 10.]]), array([[11.]]), array([[3.]]))
    """
    raise NotImplementedError("dense_backward")
