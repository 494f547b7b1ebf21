"""Recurrent layer forwards: a state that remembers."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def rnn_forward(
    X: NDArray[np.floating],
    h0: NDArray[np.floating],
    Wx: NDArray[np.floating],
    Wh: NDArray[np.floating],
    b: NDArray[np.floating],
) -> NDArray[np.floating]:
    """Return the states of a recurrent layer: h_t = tanh(x_t Wx + h_(t-1) Wh + b), one for each row of `X`.

    Leave the arguments unchanged.

    Args:
        X: a sequence, shape (T, d), one row a step; integers too; may be empty (T = 0).
        h0: the state before the first step, shape (k,).
        Wx: weights of the input, shape (d, k).
        Wh: weights of the state, shape (k, k).
        b: bias, shape (k,).

    Returns:
        H, shape (T, k): the states after each step, without h0.

    >>> H = rnn_forward(np.zeros((2, 1)), np.array([1.0]), np.ones((1, 1)), np.ones((1, 1)), np.zeros(1))
    >>> H.round(4)
    array([[0.7616],
           [0.642 ]])
    """
    raise NotImplementedError("rnn_forward")
