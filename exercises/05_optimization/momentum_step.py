"""Momentum: a step that remembers the ones before."""
# Easy, about 10 minutes.

import numpy as np
from numpy.typing import NDArray


def momentum_step(
    W: NDArray[np.floating],
    grad: NDArray[np.floating],
    velocity: NDArray[np.floating],
    lr: float,
    beta: float,
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return weights and velocity after one step of gradient descent with momentum.

    Args:
        W: weights of any shape; not changed.
        grad: gradient of the loss with respect to `W`, same shape.
        velocity: velocity after the step before, same shape, zeros at first; not changed.
        lr: learning rate.
        beta: how much of the old velocity is kept, from 0 to 1.

    Returns:
        A tuple (W, velocity): first the velocity becomes beta * velocity + grad, then the weights move by
        -lr times the new velocity.

    >>> momentum_step(np.array([1.0]), np.array([2.0]), np.array([10.0]), 0.1, 0.5)
    (array([0.3]), array([7.]))
    """
    raise NotImplementedError("momentum_step")
