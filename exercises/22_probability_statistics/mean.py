"""Mean: the balance point of numbers."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def mean(x: NDArray[np.floating]) -> float:
    """Return the arithmetic mean of the numbers in `x`.

    Leave `x` unchanged.

    Args:
        x: numbers of shape (n,), n at least 1; integers too; they may be as large as 1e9.

    Returns:
        One number, not rounded to a whole one. Work by hand: np.mean, np.average, x.mean and the module
        statistics earn nothing.

    >>> mean(np.array([1, 2, 6, 5]))
    3.5
    """
    raise NotImplementedError("mean")
