"""One-hot: class numbers become rows with a single 1."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def one_hot(labels: NDArray[np.integer], n_classes: int) -> NDArray[np.floating]:
    """Return one row for each label: 1.0 at the label's place, 0.0 elsewhere.

    Leave the arguments unchanged.

    Args:
        labels: class numbers from 0 to n_classes - 1, shape (n,), n at least 1. Classes may be missing
            among them.
        n_classes: how many classes there are.

    Returns:
        Floating-point numbers, shape (n, n_classes).

    Raises:
        ValueError: a label is negative, or n_classes or larger.

    >>> one_hot(np.array([0, 2]), 3)
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    raise NotImplementedError("one_hot")
