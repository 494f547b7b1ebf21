"""Log-softmax: logarithms of probabilities that do not vanish."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def log_softmax(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the natural logarithm of the softmax of each row of `Z`.

    Leave `Z` unchanged.

    Args:
        Z: scores, shape (n_samples, n_classes), integers too; may be huge: the answer is finite at
            1000 beside -1000, where the softmax itself is 0.

    Returns:
        Numbers at most 0, in the shape of `Z`.

    >>> log_softmax(np.array([[0.0, 0.0]]))
    array([[-0.69314718, -0.69314718]])
    """
    raise NotImplementedError("log_softmax")
