"""Multi-head attention: several small attentions side by side."""
# Hard, about 30 minutes.

import numpy as np
from numpy.typing import NDArray


def multi_head_attention(
    X: NDArray[np.floating],
    Wq: NDArray[np.floating],
    Wk: NDArray[np.floating],
    Wv: NDArray[np.floating],
    Wo: NDArray[np.floating],
    n_heads: int,
) -> NDArray[np.floating]:
    """Return the self-attention of a sequence with several heads, without a mask.

    Q = X Wq, K = X Wk, V = X Wv. Head h, counted from 0, owns the columns h w to (h + 1) w - 1 of Q, K and V,
    with w = d / n_heads, and makes softmax(Q_h K_h^T / sqrt(w)) V_h of them, row by row. The heads' outputs
    stand side by side, head 0 first, and are multiplied by Wo.

    Leave the arguments unchanged.

    Args:
        X: the sequence, one row a position, shape (n, d).
        Wq: weights of the queries, shape (d, d); Wk, Wv and Wo likewise.
        Wk: weights of the keys.
        Wv: weights of the values.
        Wo: weights of the output.
        n_heads: number of heads, at least 1.

    Returns:
        One row a position, shape (n, d).

    Raises:
        ValueError: d is no multiple of n_heads.

    >>> I = np.eye(2)
    >>> multi_head_attention(np.array([[0.0, 0.0], [0.0, 4.0]]), 0 * I, I, I, I, 2)
    array([[0., 2.],
           [0., 2.]])
    """
    raise NotImplementedError("multi_head_attention")
