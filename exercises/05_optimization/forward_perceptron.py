"""Perceptron forwards: a weighted sum, a bias, a sigmoid."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def forward_perceptron(
    X: NDArray[np.floating], W: NDArray[np.floating], b: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Return the probability that one neuron gives to each row of `X`.

    Leave the arguments unchanged.

    Args:
        X: samples in rows, shape (n, d); integers too; may be large: scores XW + b of 1000 and -1000
            give 1 and 0.
        W: weights, shape (d, 1).
        b: bias, shape (1,) or (1, 1).

    Returns:
        The sigmoid of XW + b, shape (n, 1).

    >>> forward_perceptron(np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[2.0], [-1.0]]), np.array([0.0]))
    array([[0.5],
           [0.5]])
    """
    raise NotImplementedError("forward_perceptron")
