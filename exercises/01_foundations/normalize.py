"""Normalize: bring an array to mean 0 and standard deviation 1."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def normalize(X: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return `X` shifted and scaled so that the whole array has mean 0 and standard deviation 1.

    Leave `X` unchanged.

    Args:
        X: numbers of any shape, integers too. Mean and standard deviation are each one number, taken over
            all elements (not one for each column, as in `standardize_columns`); the standard deviation is
            the population's (np.std as it is, ddof=0).

    Returns:
        (X - mean) / std in the shape of `X`; where std is 0, because all elements are equal, X - mean.
        A small number added to std, at most 1e-8, is fine. Equal elements whose std is rounded to
        something else than 0 (0.1 three times has 1e-17) are not asked for.

    >>> normalize(np.array([1.0, 3.0]))
    array([-1.,  1.])
    """
    raise NotImplementedError("normalize")
