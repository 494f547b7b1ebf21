"""Correlation: do two things rise together?"""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def correlation(x: NDArray[np.floating], y: NDArray[np.floating]) -> float:
    """Return Pearson's correlation coefficient of `x` and `y`.

    Leave the arguments unchanged.

    Args:
        x: numbers of shape (n,), n at least 2; integers too.
        y: numbers of shape (n,); integers too.

    Returns:
        One number from -1 to 1, up to rounding; nan where all numbers in `x` or all numbers in `y` are
        equal. Work by hand: np.corrcoef, scipy.stats and the module statistics earn nothing.

    >>> round(correlation(np.array([1, 2, 3]), np.array([2, 4, 3])), 4)
    0.5
    >>> correlation(np.array([1, 2, 3]), np.array([5, 5, 5]))
    nan
    """
    raise NotImplementedError("correlation")
