"""ReLU: keep what is positive, set the rest to 0."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def relu(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return max(0, z) for each element of `Z`.

    Leave `Z` unchanged.

    Args:
        Z: numbers of any shape, integers and float32 too. -inf gives 0, inf gives inf, nan stays nan.

    Returns:
        An array in the shape of `Z`; integers may stay integers.

    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    raise NotImplementedError("relu")
