"""ReLU backwards: let the gradient through where the unit was active."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def relu_backward(dout: NDArray[np.floating], Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the gradient with respect to the input of ReLU.

    Args:
        dout: gradient with respect to ReLU's output, any shape; must not be changed.
        Z: ReLU's input, same shape.

    Returns:
        An array in the shape of `Z`: `dout` where z > 0, 0 elsewhere (at z = 0 too).

    >>> relu_backward(np.array([5.0, 6.0, 7.0]), np.array([-1.0, 0.0, 2.0]))
    array([0., 0., 7.])
    """
    raise NotImplementedError("relu_backward")
