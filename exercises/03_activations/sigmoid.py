"""Sigmoid: squash any number into (0, 1)."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def sigmoid(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return 1 / (1 + e^(-z)) for each element of `Z`.

    Leave `Z` unchanged.

    Args:
        Z: numbers of any shape, a single number included; integers and float32 too; may be huge: the
            answer at 1000 is 1, the answer at -1000 is 0.

    Returns:
        Values between 0 and 1, in the shape of `Z`.

    >>> sigmoid(np.array([0.0, 2.0]))
    array([0.5       , 0.88079708])
    """
    raise NotImplementedError("sigmoid")
