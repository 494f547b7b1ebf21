"""Attention backwards: gradients of queries, keys and values."""
# Hard, about 30 minutes.

import numpy as np
from numpy.typing import NDArray


def attention_backward(
    dO: NDArray[np.floating], Q: NDArray[np.floating], K: NDArray[np.floating], V: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to queries, keys and values of attention without a mask.

    The forward pass is O = A V with A = softmax(S), row by row, and S = Q K^T / sqrt(d_k).

    Leave the arguments unchanged.

    Args:
        dO: gradient with respect to O, shape (n, d_v).
        Q: queries, shape (n, d_k).
        K: keys, shape (m, d_k).
        V: values, shape (m, d_v).

    Returns:
        A tuple (dQ, dK, dV) in the shapes of Q, K and V.

    >>> dO, Q, K, V = np.array([[1.0]]), np.array([[0.0]]), np.array([[1.0], [3.0]]), np.array([[2.0], [4.0]])
    >>> dQ, dK, dV = attention_backward(dO, Q, K, V)
    >>> dQ, dV
    (array([[1.]]), array([[0.5],
           [0.5]]))
    """
    raise NotImplementedError("attention_backward")
