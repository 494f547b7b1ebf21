"""Convolution backwards: every window gives its share back."""
# Hard, about 30 minutes.

import numpy as np
from numpy.typing import NDArray


def conv2d_backward(
    dout: NDArray[np.floating], image: NDArray[np.floating], kernel: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to picture and kernel of a convolution.

    The convolution is the cross-correlation without flipping, with stride 1 and no padding: out[i, j] is the
    sum of kernel * image[i : i + a, j : j + b].

    Leave the arguments unchanged.

    Args:
        dout: gradient with respect to out, shape (h - a + 1, w - b + 1).
        image: shape (h, w), integers too.
        kernel: shape (a, b).

    Returns:
        A tuple (dimage, dkernel) in the shapes of image and kernel, of floating-point numbers.

    >>> dout, image, kernel = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0, 5.0]]), np.array([[6.0, 7.0]])
    >>> dimage, dkernel = conv2d_backward(dout, image, kernel)
    >>> dimage, dkernel
    (array([[ 6., 19., 14.]]), array([[11., 14.]]))
    """
    raise NotImplementedError("conv2d_backward")
