"""Unit norm: keep the direction, make the length 1."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def l2_normalize(A: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return `A` divided by its Frobenius norm, the root of the sum of the squares of all entries.

    Args:
        A: numbers of any shape, integers too; the whole array has one norm. It is not changed.

    Returns:
        Floating-point numbers in the shape of `A`, whose squares sum to 1; an array of zeros stays zero.
        A small number added to the norm, at most 1e-8, is fine. np.linalg may be used.

    >>> l2_normalize(np.array([3.0, -4.0]))
    array([ 0.6, -0.8])
    """
    raise NotImplementedError("l2_normalize")
