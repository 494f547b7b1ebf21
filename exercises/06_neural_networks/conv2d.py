"""Convolution: slide a small window over a picture."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def conv2d(
    image: NDArray[np.floating], kernel: NDArray[np.floating], stride: int = 1, padding: int = 0
) -> NDArray[np.floating]:
    """Return the cross-correlation of one picture with one kernel, which networks call a convolution.

    The kernel is not flipped: entry (i, j) is the sum of kernel * window, where the window starts at row
    i * stride and column j * stride of the picture with `padding` zeros on each of its four sides.

    Leave the arguments unchanged.

    Args:
        image: shape (h, w), integers too, of type uint8 as well, which ends at 255.
        kernel: shape (a, b), at most as large as the padded picture.
        stride: how far the window moves, down and to the right.
        padding: how many rows and columns of zeros are put around the picture.

    Returns:
        Numbers of shape (h', w') with h' = (h + 2 padding - a) // stride + 1, and w' likewise with w and b.

    >>> conv2d(np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 9.0]]), np.array([[-1.0, 1.0]]))
    array([[1., 2.],
           [2., 4.]])
    """
    raise NotImplementedError("conv2d")
