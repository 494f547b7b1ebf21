"""Trapezoidal rule: the area under measured values."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def trapezoid(y: NDArray[np.floating], x: NDArray[np.floating]) -> float:
    """Return the area under the polygon through the points (x, y).

    Args:
        y: values, shape (n,), n at least 1; integers too; not changed.
        x: where they were taken, shape (n,), rising or falling, at distances that may differ; integers
            too. Where x falls, the area counts with the opposite sign.

    Returns:
        One number: the sum over all neighbours of their distance times the mean of their two values; 0 for
        one point. By hand: np.trapezoid, np.trapz and scipy.integrate earn nothing.

    >>> trapezoid(np.array([1.0, 3.0, 3.0]), np.array([0.0, 1.0, 3.0]))
    8.0
    """
    raise NotImplementedError("trapezoid")
