"""Log-sum-exp: a sum of exponentials that never overflows."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def logsumexp(x: NDArray[np.floating]) -> float:
    """Return log(sum of e^x), the natural logarithm.

    Work by hand: scipy.special.logsumexp and np.logaddexp, which do it at once, earn nothing.

    Leave `x` unchanged.

    Args:
        x: numbers, shape (n,) with n at least 1, integers too; may be huge, such as 1000 or -1000, and may
            hold -inf, which adds nothing. If all are -inf the answer is -inf.

    Returns:
        One number.

    >>> round(logsumexp(np.array([0.0, 0.0])), 6)
    0.693147
    >>> logsumexp(np.array([1000.0, -1000.0]))
    1000.0
    """
    raise NotImplementedError("logsumexp")
