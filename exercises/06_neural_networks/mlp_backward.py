"""Two layers backwards: every parameter's gradient."""
# Hard, about 30 minutes.

import numpy as np
from numpy.typing import NDArray


def mlp_backward(
    Y: NDArray[np.floating],
    cache: dict[str, NDArray[np.floating]],
    params: dict[str, NDArray[np.floating]],
) -> dict[str, NDArray[np.floating]]:
    """Return the gradients of the mean cross-entropy of a network with one hidden layer.

    The network is Z1 = X W1 + b1, A1 = relu(Z1), P = softmax(A1 W2 + b2), samples in rows; the loss is the
    sum of -Y log(P), divided by the number of rows n.

    Leave the arguments unchanged.

    Args:
        Y: one-hot targets, shape (n, k); integers too.
        cache: "X" of shape (n, d), "Z1" and "A1" of shape (n, h), "P" of shape (n, k), as mlp_forward returns
            them.
        params: "W1" of shape (d, h), "b1" of shape (h,), "W2" of shape (h, k), "b2" of shape (k,).

    Returns:
        A dict with the keys "W1", "b1", "W2" and "b2": for each parameter its gradient, in its shape.

    >>> cache = {"X": np.eye(1), "Z1": np.array([[2.0]]), "A1": np.array([[2.0]]), "P": np.full((1, 2), 0.5)}
    >>> params = {"W1": np.ones((1, 1)), "b1": np.ones(1), "W2": np.array([[1.0, 1.0]]), "b2": np.zeros(2)}
    >>> grads = mlp_backward(np.array([[1.0, 0.0]]), cache, params)
    >>> grads["W2"], grads["b2"]
    (array([[-1.,  1.]]), array([-0.5,  0.5]))
    """
    raise NotImplementedError("mlp_backward")
