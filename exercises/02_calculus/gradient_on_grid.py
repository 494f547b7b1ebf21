"""Slopes of measured values: on a grid that need not be even."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def gradient_on_grid(y: NDArray[np.floating], x: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the slope at each point of a grid from the values there.

    At the first and the last point it is the slope to the only neighbour. At an inner point with the
    distance p to the left and q to the right, and the slopes l to the left and r to the right neighbour,
    it is (q l + p r) / (p + q): the nearer neighbour weighs more.

    Leave the arguments unchanged.

    Args:
        y: values, shape (n,), n at least 2; integers too.
        x: where they were taken, shape (n,), rising, at distances that may differ; integers too.

    Returns:
        Slopes, shape (n,), by hand: np.gradient earns nothing.

    >>> gradient_on_grid(np.array([0.0, 1.0, 9.0]), np.array([0.0, 1.0, 3.0]))
    array([1., 2., 4.])
    """
    raise NotImplementedError("gradient_on_grid")
