"""Numerical gradient: measure slopes instead of deriving them."""
# Medium, about 20 minutes.

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def numerical_gradient(
    X: NDArray[np.floating],
    y: NDArray[np.floating],
    params: dict[str, NDArray[np.floating]],
    loss_fn: Callable,
    forward_fn: Callable,
    h: float = 1e-4,
) -> dict[str, NDArray[np.floating]]:
    """Return the gradient of the loss with respect to every parameter, by central differences.

    Args:
        X: inputs, handed on to `forward_fn`.
        y: targets, handed on to `loss_fn`.
        params: arrays of any shape by name. You may move their numbers during the call, but they must not be
            changed after it, not even in the last bit.
        loss_fn: called as loss_fn(predictions, y), returns one number.
        forward_fn: called as forward_fn(X, params), returns the predictions.
        h: step in each direction.

    Returns:
        A dict with the names of `params`; each array has the shape of its parameter and holds, for each
        entry p, (loss at p + h minus loss at p - h) / (2h). An error of 1e-6 is allowed.

    >>> loss = lambda predictions, y: predictions - y
    >>> forward = lambda X, params: float(params["w"][0] ** 2)
    >>> numerical_gradient(None, 0.0, {"w": np.array([3.0])}, loss, forward)["w"].round(4)
    array([6.])
    """
    raise NotImplementedError("numerical_gradient")
