"""Eigenvalues of a 2 by 2 matrix: from trace and determinant."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def eigenvalues_2x2(A: NDArray[np.floating]) -> NDArray[np.complexfloating]:
    """Return both eigenvalues of a real 2 by 2 matrix, from its trace and its determinant.

    Leave `A` unchanged.

    Args:
        A: matrix of shape (2, 2); integers too.

    Returns:
        Array of shape (2,): the eigenvalue with the larger real part first; if the real parts are equal,
        the one with the larger imaginary part first; a double eigenvalue appears twice. Complex
        numbers, or real ones where both eigenvalues are real: both are fine. Work by hand: functions of
        np.linalg and scipy.linalg earn nothing.

    >>> eigenvalues_2x2(np.array([[0.0, -2.0], [2.0, 0.0]]))
    array([0.+2.j, 0.-2.j])
    """
    raise NotImplementedError("eigenvalues_2x2")
