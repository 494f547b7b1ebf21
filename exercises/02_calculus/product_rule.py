"""Product rule: the slope of a product from its factors."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def product_rule(
    u: NDArray[np.floating], du: NDArray[np.floating], v: NDArray[np.floating], dv: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Return the derivative of the product u v, from values and derivatives of its factors.

    Leave the arguments unchanged.

    Args:
        u: values of the first factor, any shape; integers too.
        du: its derivatives at the same points, same shape; integers too.
        v: values of the second factor, same shape; integers too.
        dv: its derivatives, same shape; integers too.

    Returns:
        The derivatives of the product, in the same shape.

    >>> product_rule(np.array([2.0]), np.array([1.0]), np.array([3.0]), np.array([5.0]))
    array([13.])
    """
    raise NotImplementedError("product_rule")
