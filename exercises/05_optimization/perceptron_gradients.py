"""Perceptron backwards: how weights and bias move the loss."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def perceptron_gradients(
    X: NDArray[np.floating], y: NDArray[np.integer], W: NDArray[np.floating], b: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of the mean binary cross-entropy of a perceptron.

    The perceptron's probabilities are y_pred = sigmoid(XW + b); the loss is the mean over the n rows of
    -(y log(y_pred) + (1 - y) log(1 - y_pred)).

    Leave the arguments unchanged.

    Args:
        X: samples in rows, shape (n, d); integers too.
        y: true classes, 0 or 1, shape (n, 1).
        W: weights, shape (d, 1).
        b: bias, shape (1,) or (1, 1).

    Returns:
        A tuple (dW, db): the gradients with respect to W and to b, in the shapes of W and b.

    >>> dW, db = perceptron_gradients(np.array([[2.0]]), np.array([[1]]), np.array([[0.0]]), np.array([0.0]))
    >>> dW, db
    (array([[-1.]]), array([-0.5]))
    """
    raise NotImplementedError("perceptron_gradients")
