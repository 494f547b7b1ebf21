"""Newton's method: jump to where the parabola that fits is level."""
# Medium, about 20 minutes.

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def newton_minimize(
    grad: Callable, hess: Callable, x0: NDArray[np.floating], iterations: int
) -> NDArray[np.floating]:
    """Return the point that Newton's method reaches.

    Each step solves hess(x) p = grad(x) for p and moves x to x - p.

    Args:
        grad: grad(x) is the gradient at x, shape (n,).
        hess: hess(x) is the Hessian at x, a symmetric matrix of shape (n, n).
        x0: starting point, shape (n,); it is not changed.
        iterations: number of steps; 0 steps give the starting point.

    Returns:
        The last x, shape (n,).

    Raises:
        ValueError: a Hessian is singular; the LinAlgError of np.linalg is a ValueError.

    >>> newton_minimize(lambda x: 2 * (x - 3), lambda x: 2 * np.eye(1), np.array([10.0]), 1)
    array([3.])
    """
    raise NotImplementedError("newton_minimize")
