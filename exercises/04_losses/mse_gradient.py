"""Gradient of the mean squared error: which way each prediction should move."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def mse_gradient(y_pred: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the gradient of the mean squared error with respect to the predictions.

    The loss is the mean over all elements of (y_pred - y) squared, without a factor 1/2.

    Leave the arguments unchanged.

    Args:
        y_pred: predictions of any shape.
        y: targets of the same shape; integers too.

    Returns:
        2 (y_pred - y) / n in the shape of `y_pred`, where n is the number of all elements.

    >>> mse_gradient(np.array([1.0, 4.0]), np.array([1.0, 2.0]))
    array([0., 2.])
    """
    raise NotImplementedError("mse_gradient")
