"""Silent units: count what ReLU sets to zero."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def relu_zero_count(Z: NDArray[np.floating]) -> int:
    """Return how many elements of `Z` become 0 under ReLU.

    Leave `Z` unchanged.

    Args:
        Z: numbers of any shape, integers too, may be empty; elements that are 0 already count too.

    Returns:
        One whole number.

    >>> relu_zero_count(np.array([[-2.0, 0.0], [3.0, -1.0]]))
    3
    """
    raise NotImplementedError("relu_zero_count")
