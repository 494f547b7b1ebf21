"""Recurrent layer backwards: gradients that travel through time."""
# Hard, about 30 minutes.

import numpy as np
from numpy.typing import NDArray


def rnn_backward(
    dH: NDArray[np.floating],
    X: NDArray[np.floating],
    H: NDArray[np.floating],
    h0: NDArray[np.floating],
    Wx: NDArray[np.floating],
    Wh: NDArray[np.floating],
) -> tuple[NDArray[np.floating], ...]:
    """Return the gradients of a loss with respect to the inputs, weights and bias of a recurrent layer.

    The layer is h_t = tanh(x_t Wx + h_(t-1) Wh + b). The loss depends on every state, and each state on all
    states before it.

    Leave the arguments unchanged.

    Args:
        dH: gradient of the loss with respect to each state as the layer's output, shape (T, k). It
            does not hold what reaches a state through later states.
        X: the sequence, shape (T, d), T at least 1.
        H: the states after each step, shape (T, k), as rnn_forward returns them.
        h0: the state before the first step, shape (k,).
        Wx: weights of the input, shape (d, k).
        Wh: weights of the state, shape (k, k).

    Returns:
        A tuple (dX, dh0, dWx, dWh, db) in the shapes of X, h0, Wx, Wh and b, which is (k,).

    >>> one, zero = np.ones((1, 1)), np.zeros((1, 1))
    >>> dX, dh0, dWx, dWh, db = rnn_backward(one, one, zero, np.array([2.0]), 3 * one, one)
    >>> dX, dh0, dWx, dWh, db
    (array([[3.]]), array([1.]), array([[1.]]), array([[2.]]), array([1.]))
    """
    raise NotImplementedError("rnn_backward")
