"""Coins: draw 0 and 1 from uniform numbers."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def sample_bernoulli(p: float, size: int, rng: np.random.Generator) -> NDArray[np.integer]:
    """Return `size` independent draws that are 1 with probability `p`, else 0.

    Args:
        p: probability of a 1, from 0 to 1, both included.
        size: number of draws, at least 0.
        rng: generator; all chance comes from `rng.random`, which gives numbers from 0 to 1, 1 excluded. Work
            by hand: rng.binomial and rng.choice earn nothing.

    Returns:
        Array of shape (size,) of zeros and ones. The same generator gives the same draws.

    >>> sample_bernoulli(1.0, 3, np.random.default_rng(0))
    array([1, 1, 1])
    """
    raise NotImplementedError("sample_bernoulli")
