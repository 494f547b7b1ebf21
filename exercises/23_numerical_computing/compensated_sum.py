"""Compensated sum: keep what rounding throws away."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def compensated_sum(x: NDArray[np.floating]) -> float:
    """Return the sum of `x`, with the rounding error of every addition caught and added at the end.

    The method is Neumaier's: beside the running total stands a correction. When t = total + value is
    computed, the part that rounding lost is (total - t) + value if |total| >= |value|, else
    (value - t) + total; it is added to the correction. The answer is total + correction. Work by hand:
    math.fsum earns nothing.

    Leave `x` unchanged.

    Args:
        x: numbers, shape (n,), integers too, large ones such as 1e16 beside small ones; may be empty.

    Returns:
        One number. [1e16, 1, -1e16] gives 1.0, an empty array 0.0.

    >>> compensated_sum(np.array([1e16, 1.0, -1e16]))
    1.0
    """
    raise NotImplementedError("compensated_sum")
