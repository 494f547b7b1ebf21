"""L1 norm: the length of a vector as a taxi drives it."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def l1_norm(v: NDArray[np.floating]) -> float:
    """Return the L1 norm of `v`: the sum of the absolute values of its entries.

    Leave `v` unchanged.

    Args:
        v: vector of shape (n,), n at least 1; integers too.

    Returns:
        One number, never negative. Work by hand: np.linalg and scipy.linalg earn nothing.

    >>> l1_norm(np.array([3.0, -4.0]))
    7.0
    """
    raise NotImplementedError("l1_norm")
