"""Chain rule: the slope of a function inside a function."""
# Easy, about 5 minutes.

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def chain_rule(df: Callable, g: Callable, dg: Callable, x: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the derivative of f(g(x)) with respect to x.

    Leave the arguments unchanged.

    Args:
        df: derivative of the outer function f.
        g: inner function.
        dg: derivative of the inner function.
        x: where the slope is asked for, an array of any shape; integers too. df, g and dg each work on
            arrays of any shape.

    Returns:
        The slopes in the shape of `x`. They are exact: no difference of neighbours is to be taken.

    >>> chain_rule(lambda u: 2 * u, lambda x: 3 * x, lambda x: 3 + 0 * x, np.array([1.0, 2.0]))
    array([18., 36.])
    """
    raise NotImplementedError("chain_rule")
