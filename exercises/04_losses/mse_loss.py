"""Mean squared error: how far predictions are from targets."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def mse_loss(y_pred: NDArray[np.floating], y: NDArray[np.floating]) -> float:
    """Return the mean of the squared errors.

    Leave the arguments unchanged.

    Args:
        y_pred: predictions of any shape.
        y: targets of the same shape; integers too.

    Returns:
        One number, at least 0: the mean over all elements of (y_pred - y) squared.

    >>> mse_loss(np.array([1.0, 4.0]), np.array([1.0, 2.0]))
    2.0
    """
    raise NotImplementedError("mse_loss")
