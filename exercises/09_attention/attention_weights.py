"""Attention weights: how much each query looks at each key."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def attention_weights(
    Q: NDArray[np.floating], K: NDArray[np.floating], mask: NDArray[np.bool_] | None = None
) -> NDArray[np.floating]:
    """Return the softmax of Q K^T / sqrt(d_k), row by row.

    The scores of `Q` and `K` may be huge, such as 1000 or -1000.

    Leave the arguments unchanged.

    Args:
        Q: queries, shape (n, d_k), integers too.
        K: keys, shape (m, d_k).
        mask: booleans, shape (n, m); True means that this query may attend to this key. The weight is 0 where
            it may not, and the softmax runs over the keys that are left. None allows everything.

    Returns:
        Weights, shape (n, m); each row sums to 1, but a row whose mask has no True is all zeros.

    >>> attention_weights(np.array([[0.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[0.5, 0.5]])
    """
    raise NotImplementedError("attention_weights")
