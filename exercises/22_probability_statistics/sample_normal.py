"""Normal numbers: Box and Muller turn uniform ones into a bell curve."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def sample_normal(mu: float, sigma: float, size: int, rng: np.random.Generator) -> NDArray[np.floating]:
    """Return `size` independent draws from the normal distribution, by the method of Box and Muller.

    Two independent uniform numbers u and v make a standard normal one: sqrt(-2 log(1 - u)) cos(2 pi v).
    The sine of the same angle makes a second, independent one; you may use it or not.

    Args:
        mu: mean.
        sigma: standard deviation, positive.
        size: number of draws, at least 0; it may be odd.
        rng: generator; all chance comes from `rng.random`, which gives numbers from 0 to 1, 1 excluded. Work
            by hand: rng.normal, rng.standard_normal, np.random.randn and scipy.stats earn nothing.

    Returns:
        Array of shape (size,). The same generator gives the same draws.

    >>> sample_normal(5.0, 0.1, 4, np.random.default_rng(0)).shape
    (4,)
    """
    raise NotImplementedError("sample_normal")
