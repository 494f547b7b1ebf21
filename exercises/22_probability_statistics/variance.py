"""Variance: how far numbers are from their mean."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def variance(x: NDArray[np.floating], ddof: int = 0) -> float:
    """Return the variance of the numbers in `x`.

    Leave the arguments unchanged.

    Args:
        x: numbers of shape (n,), n greater than `ddof`; integers too. They may lie close together and far
            from 0, such as at 1e9: the variance is right nevertheless.
        ddof: what is subtracted from n in the denominator: 0 for a whole population, 1 for a sample.

    Returns:
        One number: the sum of the squared distances from the mean, divided by n - ddof. np.mean may be
        used. Work by hand: np.var, np.std, np.cov, x.var, x.std and the module statistics earn nothing.

    >>> variance(np.array([1.0, 2.0, 6.0])), variance(np.array([1.0, 2.0, 6.0]), ddof=1)
    (4.666666666666667, 7.0)
    """
    raise NotImplementedError("variance")
