"""L2 norm: the length of a vector as a bird flies it."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def l2_norm(v: NDArray[np.floating]) -> float:
    """Return the L2 norm of `v`: the root of the sum of the squares of its entries.

    Leave `v` unchanged.

    Args:
        v: vector of shape (n,), n at least 1; integers too. Entries may be as large as 1e200, whose
            squares overflow: the answer is right nevertheless. A vector of zeros has norm 0.

    Returns:
        One number, never negative. Work by hand: np.linalg and scipy.linalg earn nothing.

    >>> l2_norm(np.array([3.0, -4.0]))
    5.0
    """
    raise NotImplementedError("l2_norm")
