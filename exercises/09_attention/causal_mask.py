"""Causal mask: nobody sees the future."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def causal_mask(n: int) -> NDArray[np.bool_]:
    """Return which of n positions each position may attend to: itself and those before it.

    Args:
        n: length of the sequence, at least 1.

    Returns:
        Booleans, shape (n, n): row i has True in the columns 0 to i, False after them.

    >>> causal_mask(3)
    array([[ True, False, False],
           [ True,  True, False],
           [ True,  True,  True]])
    """
    raise NotImplementedError("causal_mask")
