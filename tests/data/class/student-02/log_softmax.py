"""Log-softmax: logarithms of probabilities that do not vanish."""

import numpy as np
from numpy.typing import NDArray


def log_softmax(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the natural logarithm of the softmax of each row of `Z`.

    Args:
        Z: scores, shape (n_samples, n_classes), integers too; may be huge: the answer is finite at
            1000 beside -1000, where the softmax itself is 0.

    Returns:
        Numbers at most 0, in the shape of `Z`.

    >>> log_softmax(np.array([[0.0, 0.0]]))
    array([[-0.69314718, -0.69314718]])
    """
    m = np.amax(Z, axis=-1)[:, None]
    return (Z - m) - np.log(np.sum(np.exp(Z - m), axis=-1))[:, None]
