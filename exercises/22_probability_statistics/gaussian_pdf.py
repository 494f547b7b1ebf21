"""Normal density: the bell curve."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def gaussian_pdf(x: NDArray[np.floating], mu: float, sigma: float) -> NDArray[np.floating]:
    """Return the density of the normal distribution at each element of `x`.

    Leave the arguments unchanged.

    Args:
        x: points, one number or an array of any shape; integers too; they may be huge, where the density
            is 0.
        mu: mean.
        sigma: standard deviation (not its square, the variance).

    Returns:
        Densities in the shape of `x`. Work by hand: scipy.stats earns nothing.

    Raises:
        ValueError: sigma is 0 or negative.

    >>> gaussian_pdf(np.array([0.0, 1.0]), 0.0, 1.0)
    array([0.39894228, 0.24197072])
    """
    raise NotImplementedError("gaussian_pdf")
