"""Derivative: a slope measured from both sides."""
# Easy, about 10 minutes.

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def derivative(f: Callable, x: ArrayLike, h: float = 1e-5) -> NDArray[np.floating]:
    """Return the central difference quotient (f(x + h) - f(x - h)) / (2h).

    Args:
        f: works on each element of an array, and on one number.
        x: one number or an array of any shape; integers too; not changed.
        h: step to each side, positive.

    Returns:
        The slopes in the shape of `x`. An error of 1e-7 beside the quotient above is allowed, no more:
        with a large h the quotient is not the slope itself, and that is what is asked for.

    >>> round(float(derivative(lambda x: x**3, 2.0, h=0.5)), 6)
    12.25
    """
    raise NotImplementedError("derivative")
