"""Exponential: e to the power of every element."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def exponential(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return e^z for each element of `Z`.

    Leave `Z` unchanged.

    Args:
        Z: numbers of any shape, a single number included; integers too.

    Returns:
        An array in the shape of `Z`. Where e^z is too large for a float64, as at z = 1000, the answer
        is inf and no exception is raised; NumPy's warning about it does not matter. e^(-1000) is 0.

    >>> exponential(np.array([0.0, 1.0, 1000.0]))
    array([1.        , 2.71828183,        inf])
    """
    raise NotImplementedError("exponential")
