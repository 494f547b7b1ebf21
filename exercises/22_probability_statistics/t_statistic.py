"""Welch's t: is the difference of two means large for the noise in it?"""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def t_statistic(a: NDArray[np.floating], b: NDArray[np.floating]) -> tuple[float, float]:
    """Return Welch's t for the difference of two means, and its degrees of freedom.

    With the sample variances s2 (denominator n - 1) and the sizes n of both samples, the squared standard
    errors are A = s2_a / n_a and B = s2_b / n_b. Then t = (mean_a - mean_b) / sqrt(A + B), and the degrees
    of freedom, not rounded, are (A + B)^2 / (A^2 / (n_a - 1) + B^2 / (n_b - 1)).

    Leave the arguments unchanged.

    Args:
        a: first sample, shape (n_a,), at least 2 numbers, not all equal; integers too.
        b: second sample, shape (n_b,), likewise; integers too. The sizes may differ.

    Returns:
        A tuple (t, degrees of freedom) of two numbers; t is negative where the mean of `a` is smaller.
        Work by hand: scipy.stats earns nothing; np.var may be used.

    >>> t, df = t_statistic(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0, 8.0]))
    >>> round(t, 4), round(df, 4)
    (-2.1213, 4.0755)
    """
    raise NotImplementedError("t_statistic")
