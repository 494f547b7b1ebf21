"""Layer normalization: each sample by itself."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def layer_norm(
    X: NDArray[np.floating], gamma: NDArray[np.floating], beta: NDArray[np.floating], eps: float = 1e-5
) -> NDArray[np.floating]:
    """Return gamma * (x - mean) / sqrt(variance + eps) + beta for each row x of `X`.

    Mean and variance are those of the row; the variance is the population's, divided by d.

    Leave the arguments unchanged.

    Args:
        X: one row a sample, shape (n, d); the numbers may be as large as 1e6 and differ only a
            little. A row may be constant.
        gamma: scale of each column, shape (d,).
        beta: shift of each column, shape (d,).
        eps: added to the variance, under the root.

    Returns:
        An array in the shape of `X`.

    >>> layer_norm(np.array([[1.0, 3.0]]), np.array([2.0, 2.0]), np.array([0.0, 1.0]), eps=0.0)
    array([[-2.,  3.]])
    """
    raise NotImplementedError("layer_norm")
