"""Condition number: how much a matrix stretches errors."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def condition_number_2x2(A: NDArray[np.floating]) -> float:
    """Return the condition number of a 2x2 matrix in the 2-norm, by hand: np.linalg earns nothing.

    It is the larger singular value divided by the smaller one. With F, the sum of the squared entries, and
    D, the absolute value of the determinant, the singular values s >= t satisfy s^2 + t^2 = F and s t = D,
    so that (s + t)^2 = F + 2D and (s - t)^2 = F - 2D.

    Leave `A` unchanged.

    Args:
        A: matrix of shape (2, 2), integers too.

    Returns:
        One number, at least 1; inf if the determinant is 0, for the zero matrix too. A relative error of 1e-6
        is allowed.

    >>> condition_number_2x2(np.array([[4.0, 0.0], [0.0, -2.0]]))
    2.0
    """
    raise NotImplementedError("condition_number_2x2")
