"""Batch normalization forwards: mean 0 and spread 1 within a batch."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def batch_norm_forward(
    X: NDArray[np.floating],
    gamma: NDArray[np.floating],
    beta: NDArray[np.floating],
    running_mean: NDArray[np.floating],
    running_var: NDArray[np.floating],
    momentum: float = 0.9,
    eps: float = 1e-5,
    training: bool = True,
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the normalized batch and the running statistics.

    Each column has its own mean and variance; the variance is the population's, divided by n. The output is
    gamma (X - mean) / sqrt(variance + eps) + beta.

    Args:
        X: one row a sample, shape (n, d).
        gamma: scale of each column, shape (d,).
        beta: shift of each column, shape (d,).
        running_mean: mean of the batches before, shape (d,); not changed.
        running_var: variance of the batches before, shape (d,); not changed.
        momentum: how much of the running statistics is kept.
        eps: added to the variance, under the root.
        training: True uses mean and variance of this batch, False the running ones.

    Returns:
        A tuple (out, running_mean, running_var). In training each running statistic becomes momentum times
        itself plus (1 - momentum) times that of the batch; in evaluation both come back as they were.

    >>> X, one, zero = np.array([[1.0], [3.0]]), np.ones(1), np.zeros(1)
    >>> out, mean, var = batch_norm_forward(X, 2 * one, one, zero, one, eps=0.0)
    >>> out, mean.round(6), var.round(6)
    (array([[-1.],
           [ 3.]]), array([0.2]), array([1.]))
    """
    raise NotImplementedError("batch_norm_forward")
