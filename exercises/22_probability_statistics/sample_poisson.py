"""Counts: how many events fall into an hour, by inversion."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def sample_poisson(lam: float, size: int, rng: np.random.Generator) -> NDArray[np.integer]:
    """Return `size` independent draws from the Poisson distribution, by inversion.

    A draw is the smallest whole number k, from 0 on, for which the probabilities of 0, 1, ..., k sum to
    more than a uniform number u. The probability of 0 is exp(-lam); that of k is the one of k - 1 times
    lam / k.

    Args:
        lam: mean number of events, from 0.1 to 50.
        size: number of draws, at least 0.
        rng: generator; all chance comes from `rng.random`, which gives numbers from 0 to 1, 1 excluded. Work
            by hand: rng.poisson and scipy.stats earn nothing.

    Returns:
        Array of shape (size,) of whole numbers (floats with whole values are fine). The same generator
        gives the same draws.

    >>> sample_poisson(0.5, 4, np.random.default_rng(0)).shape
    (4,)
    """
    raise NotImplementedError("sample_poisson")
