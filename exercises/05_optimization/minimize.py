"""Gradient descent on a function: walk downhill from a starting point."""
# Easy, about 10 minutes.

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def minimize(f_grad: Callable, x0: ArrayLike, lr: float, iterations: int) -> NDArray[np.floating]:
    """Return where plain gradient descent arrives.

    Args:
        f_grad: gradient of the function to minimize: f_grad(x) has the shape of x.
        x0: starting point, one number or an array of shape (n,); integers too; it is not changed.
        lr: learning rate.
        iterations: number of steps, each x <- x - lr * f_grad(x); 0 steps give the starting point.

    Returns:
        The last x, in the shape of `x0`.

    >>> float(minimize(lambda x: 2 * x, 8.0, 0.25, 3))
    1.0
    """
    raise NotImplementedError("minimize")
