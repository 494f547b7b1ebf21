"""Mini-batch gradient descent: train a model of one layer."""
# Medium, about 20 minutes.

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def identity(z):
    """Return z as it is: no activation."""
    return z


def gradient_descent(
    X: NDArray[np.floating],
    y: NDArray[np.floating],
    W: NDArray[np.floating],
    b: NDArray[np.floating],
    lr: float,
    num_epochs: int,
    batch_size: int,
    loss_fn: Callable,
    activation_fn: Callable = identity,
) -> tuple[NDArray[np.floating], NDArray[np.floating], list[float]]:
    """Return the weights, the bias and the losses after training with mini-batches.

    In each epoch every row is used once, in batches of `batch_size` rows; the last batch may be smaller.
    The order of the rows is yours to choose. For each batch of m rows: prediction =
    activation_fn(X W + b), error = prediction - y; then W falls by lr X^T error / m, and b by lr times
    the mean error. That is the step whatever the activation and `loss_fn` are: `loss_fn` only measures.

    Args:
        X: inputs, shape (n, d); integers too.
        y: targets, shape (n, 1); integers too.
        W: weights, shape (d, 1); not changed.
        b: bias, shape (1, 1); not changed.
        lr: learning rate.
        num_epochs: number of epochs, at least 1.
        batch_size: rows in a batch, from 1 to n.
        loss_fn: called as loss_fn(predictions, y), returns one number to keep in the list.
        activation_fn: applied to X W + b.

    Returns:
        A tuple (W, b, losses): new weights and bias in their shapes, and a list of one loss an epoch. It is
        up to you whether a loss is measured on all rows or averaged over the batches, before or after the
        epoch's steps.

    >>> X, y = np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]])
    >>> half_mse = lambda p, t: float(np.mean((p - t) ** 2) / 2)
    >>> W, b, losses = gradient_descent(X, y, np.zeros((1, 1)), np.zeros((1, 1)), 0.1, 2, 2, half_mse)
    >>> W.round(3), b.round(3), len(losses)
    (array([[0.83]]), array([[0.495]]), 2)
    """
    raise NotImplementedError("gradient_descent")
