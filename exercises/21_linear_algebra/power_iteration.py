"""Power iteration: multiply again and again, and the strongest direction remains."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def power_iteration(
    A: NDArray[np.floating], v0: NDArray[np.floating], iterations: int
) -> tuple[float, NDArray[np.floating]]:
    """Return the dominant eigenvalue and its eigenvector as power iteration has them after some steps.

    Each step replaces v by A v, divided by its L2 norm. The eigenvalue is then the Rayleigh quotient
    of the last v: (v . A v) / (v . v).

    Args:
        A: symmetric matrix of shape (n, n); integers too.
        v0: starting vector of shape (n,), of any length but not 0; not changed.
        iterations: number of steps, exactly; with 0 steps v is `v0` divided by its norm.

    Returns:
        A tuple (eigenvalue, v): one number, which may be negative, and the unit vector of shape (n,). The
        sign of v is yours to choose. np.linalg.norm may be used.

    >>> value, v = power_iteration(np.array([[-4.0, 0.0], [0.0, 1.0]]), np.array([2.0, 0.0]), 1)
    >>> float(value), np.abs(v)
    (-4.0, array([1., 0.]))
    """
    raise NotImplementedError("power_iteration")
