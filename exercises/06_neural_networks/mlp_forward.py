"""Two layers forwards: scores, ReLU, scores, softmax."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def mlp_forward(
    X: NDArray[np.floating], params: dict[str, NDArray[np.floating]]
) -> tuple[NDArray[np.floating], dict[str, NDArray[np.floating]]]:
    """Return the probabilities of a network with one hidden layer, and a cache for the way back.

    Z1 = X W1 + b1, A1 = relu(Z1), and the probabilities are P = softmax(A1 W2 + b2), row by row.

    Leave the arguments unchanged.

    Args:
        X: samples in rows, shape (n, d); integers too.
        params: "W1" of shape (d, h), "b1" of shape (h,), "W2" of shape (h, k), "b2" of shape (k,);
            scores may be as large as 1000.

    Returns:
        A tuple (P, cache). P has shape (n, k); cache is a dict with exactly the keys "X", "Z1", "A1" and "P".

    >>> params = {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.eye(2), "b2": np.zeros(2)}
    >>> P, cache = mlp_forward(np.array([[-3.0, 0.0]]), params)
    >>> P, cache["Z1"], cache["A1"]
    (array([[0.5, 0.5]]), array([[-3.,  0.]]), array([[0., 0.]]))
    """
    raise NotImplementedError("mlp_forward")
