"""Leaky ReLU: let a little of the negative side through."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def leaky_relu(Z: NDArray[np.floating], alpha: float = 0.01) -> NDArray[np.floating]:
    """Return z where z > 0, and alpha * z elsewhere.

    Leave the arguments unchanged.

    Args:
        Z: numbers of any shape, integers too.
        alpha: slope of the negative side, between 0 and 1.

    Returns:
        An array in the shape of `Z`.

    >>> leaky_relu(np.array([-2.0, 3.0]), alpha=0.1)
    array([-0.2,  3. ])
    """
    raise NotImplementedError("leaky_relu")
