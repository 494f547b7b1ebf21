"""Positional encoding: waves that tell where a word stands."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def positional_encoding(n: int, d: int) -> NDArray[np.floating]:
    """Return the sinusoidal encoding of n positions in d columns.

    The columns 2i and 2i + 1 are a pair with one frequency: column 2i holds sin(t / 10000^(2i / d)) at
    position t, counted from 0, column 2i + 1 holds cos(t / 10000^(2i / d)). If d is odd, the last column is
    a sine.

    Args:
        n: number of positions, at least 1.
        d: number of columns, at least 1, even or odd.

    Returns:
        Values between -1 and 1, shape (n, d); row 0 is 0, 1, 0, 1, ...

    >>> positional_encoding(2, 4).round(4)
    array([[0.    , 1.    , 0.    , 1.    ],
           [0.8415, 0.5403, 0.01  , 1.    ]])
    """
    raise NotImplementedError("positional_encoding")
