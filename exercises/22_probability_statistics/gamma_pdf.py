"""Gamma density: how long it takes until several things have happened."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def gamma_pdf(x: NDArray[np.floating], shape: float, scale: float) -> NDArray[np.floating]:
    """Return the density of the gamma distribution at each element of `x`.

    Leave the arguments unchanged.

    Args:
        x: points, an array of any shape; integers too; positive or negative, never 0; may be as
            large as 1000.
        shape: shape parameter k, positive; may be as large as 500, where k^k and the gamma function
            overflow: the answer is right nevertheless.
        scale: scale parameter theta, positive; the mean is shape * scale.

    Returns:
        Densities in the shape of `x`: x^(k-1) e^(-x/theta) / (Gamma(k) theta^k) for x > 0, and 0 for
        x < 0. math.lgamma is the logarithm of the gamma function. Work by hand: scipy.stats earns nothing.

    >>> gamma_pdf(np.array([-1.0, 1.0, 2.0]), 2.0, 1.0)
    array([0.        , 0.36787944, 0.27067057])
    """
    raise NotImplementedError("gamma_pdf")
