"""Attention: a mean of values, weighted by how well keys fit a query."""
# Medium, about 20 minutes.

import numpy as np
from numpy.typing import NDArray


def scaled_dot_product_attention(
    Q: NDArray[np.floating],
    K: NDArray[np.floating],
    V: NDArray[np.floating],
    mask: NDArray[np.bool_] | None = None,
) -> NDArray[np.floating]:
    """Return softmax(Q K^T / sqrt(d_k)) V, with the softmax of each row.

    The scores of `Q` and `K` may be huge, such as 1000 or -1000.

    Leave the arguments unchanged.

    Args:
        Q: queries, shape (n, d_k), integers too.
        K: keys, shape (m, d_k).
        V: values, shape (m, d_v), one row a key; d_v may differ from d_k.
        mask: booleans, shape (n, m); True means that this query may attend to this key. A row with no True
            gives a row of zeros. None allows everything.

    Returns:
        One row a query, shape (n, d_v).

    >>> Q, K, V = np.zeros((1, 2)), np.ones((2, 2)), np.array([[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]])
    >>> scaled_dot_product_attention(Q, K, V)
    array([[3., 4., 5.]])
    """
    raise NotImplementedError("scaled_dot_product_attention")
