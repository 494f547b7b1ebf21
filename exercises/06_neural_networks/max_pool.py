"""Max-pooling: keep the strongest answer of each block."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def max_pool(image: NDArray[np.floating], size: int) -> NDArray[np.floating]:
    """Return the maximum of each block of size x size pixels; blocks do not overlap.

    Leave the arguments unchanged.

    Args:
        image: shape (h, w), integers too; all values may be negative.
        size: side of a block, at least 1.

    Returns:
        An array of shape (h // size, w // size).

    Raises:
        ValueError: h or w is no multiple of size.

    >>> max_pool(np.array([[1.0, 2.0, 5.0, 0.0], [4.0, 3.0, 1.0, 7.0]]), 2)
    array([[4., 7.]])
    """
    raise NotImplementedError("max_pool")
