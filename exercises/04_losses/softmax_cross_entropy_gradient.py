"""Softmax and cross-entropy together: a gradient that is a difference."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def softmax_cross_entropy_gradient(Z: NDArray[np.floating], Y: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the gradient of cross_entropy(softmax(Z), Y) with respect to the scores.

    Leave the arguments unchanged.

    Args:
        Z: scores, shape (n_samples, n_classes), integers too; may be huge, such as 1000 or -1000.
        Y: targets of the same shape, whose rows sum to 1: one-hot or soft labels.

    Returns:
        (softmax(Z) - Y) / n_samples, same shape, with the softmax of each row; each row sums to 0.

    >>> softmax_cross_entropy_gradient(np.array([[0.0, 0.0]]), np.array([[1, 0]]))
    array([[-0.5,  0.5]])
    """
    raise NotImplementedError("softmax_cross_entropy_gradient")
