"""Sigmoid from an exponential that is already there."""
# Easy, about 5 minutes.

import numpy as np
from numpy.typing import NDArray


def sigmoid_from_exp(exp_neg_z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the sigmoid of z, given e^(-z).

    Leave `exp_neg_z` unchanged.

    Args:
        exp_neg_z: the values e^(-z), not z; any shape, 0 or larger, infinity included (z was very negative).

    Returns:
        The sigmoid of z in the same shape: 1 where e^(-z) is 0, and 0 where it is infinite.

    >>> sigmoid_from_exp(np.array([1.0, 3.0, np.inf]))
    array([0.5 , 0.25, 0.  ])
    """
    raise NotImplementedError("sigmoid_from_exp")
