"""Batch normalization backwards: every sample moves the mean of all."""
# Hard, about 30 minutes.

import numpy as np
from numpy.typing import NDArray


def batch_norm_backward(
    dout: NDArray[np.floating], X: NDArray[np.floating], gamma: NDArray[np.floating], eps: float = 1e-5
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to input, scale and shift of batch normalization.

    In training the layer is out = gamma * xhat + beta with xhat = (X - mean) / sqrt(variance + eps), column
    by column; the variance is the population's, divided by n. Mean and variance depend on X too.

    Leave the arguments unchanged.

    Args:
        dout: gradient with respect to out, shape (n, d).
        X: the layer's input, shape (n, d), one row a sample.
        gamma: scale, shape (d,).
        eps: as in the forward pass.

    Returns:
        A tuple (dX, dgamma, dbeta) in the shapes of X, gamma and beta, which is (d,).

    >>> dX, dgamma, dbeta = batch_norm_backward(
    ...     np.array([[1.0], [0.0]]), np.array([[1.0], [3.0]]), np.array([2.0]), eps=1.0)
    >>> dX.round(4), dgamma.round(4), dbeta
    (array([[ 0.3536],
           [-0.3536]]), array([-0.7071]), array([1.]))
    """
    raise NotImplementedError("batch_norm_backward")
