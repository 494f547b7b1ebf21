"""Adam: momentum with a step size of its own for every weight."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def adam_step(
    W: NDArray[np.floating],
    grad: NDArray[np.floating],
    m: NDArray[np.floating],
    v: NDArray[np.floating],
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return weights and both moments after one step of Adam.

    Args:
        W: weights of any shape; not changed.
        grad: gradient of the loss with respect to `W`, same shape.
        m: running mean of the gradients after the step before, zeros at first; not changed.
        v: running mean of the squared gradients after the step before, zeros at first; not changed.
        t: number of this step, counted from 1.
        lr: learning rate.
        beta1: how much of m is kept.
        beta2: how much of v is kept.
        eps: keeps the denominator away from 0; it is added outside the root.

    Returns:
        A tuple (W, m, v). m becomes beta1 m + (1 - beta1) grad, v becomes beta2 v + (1 - beta2) grad^2; the
        weights move by -lr m' / (sqrt(v') + eps), where m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t) are
        the new moments corrected for their start at 0. The m and v returned are not corrected.

    >>> W, m, v = adam_step(np.array([1.0]), np.array([4.0]), np.zeros(1), np.zeros(1), 1, 0.5)
    >>> W.round(6), m.round(6), v.round(6)
    (array([0.5]), array([0.4]), array([0.016]))
    """
    raise NotImplementedError("adam_step")
