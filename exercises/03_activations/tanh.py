"""Hyperbolic tangent by hand: an S-curve from -1 to 1."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def tanh(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the hyperbolic tangent of each element of `Z`, by hand.

    np.tanh, math.tanh and scipy.special.tanh earn nothing; np.exp and the like may be used.

    Leave `Z` unchanged.

    Args:
        Z: numbers of any shape, integers too; may be huge: the answer at 1000 is 1, at -1000 it is -1.

    Returns:
        Values between -1 and 1, in the shape of `Z`.

    >>> tanh(np.array([0.0, 1.0]))
    array([0.        , 0.76159416])
    """
    raise NotImplementedError("tanh")
