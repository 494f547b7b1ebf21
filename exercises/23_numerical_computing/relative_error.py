"""Relative error: an error measured by the size of the numbers."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import ArrayLike, NDArray


def relative_error(approx: ArrayLike, exact: ArrayLike) -> NDArray[np.floating]:
    """Return |a - e| / max(|a|, |e|) for each pair of elements.

    Leave the arguments unchanged.

    Args:
        approx: numbers a of any shape, integers too; tiny ones such as 1e-12 as well.
        exact: numbers e, same shape.

    Returns:
        An array in the shape of `approx`, of values between 0 and 2; 0 where both are 0.

    >>> relative_error(np.array([1.0, 0.0]), np.array([1.25, 0.0]))
    array([0.2, 0. ])
    """
    raise NotImplementedError("relative_error")
