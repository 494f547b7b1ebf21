"""Dense layer forwards: a matrix, a bias, one column a sample."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def dense_forward(
    A_prev: NDArray[np.floating], W: NDArray[np.floating], b: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Return the scores W A_prev + b of a dense layer. Samples are columns here.

    Leave the arguments unchanged.

    Args:
        A_prev: outputs of the layer before, shape (k_prev, m): one column for each of m samples; integers
            too.
        W: weights, shape (k, k_prev): one row for each unit of this layer.
        b: biases, shape (k, 1).

    Returns:
        Scores, shape (k, m), without an activation.

    >>> dense_forward(np.array([[1.0], [2.0]]), np.array([[3.0, 4.0]]), np.array([[0.5]]))
    array([[11.5]])
    """
    raise NotImplementedError("dense_forward")
