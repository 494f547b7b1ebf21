"""Dropout: switch units off at random, so that none can rely on another."""
# Medium, about 15 minutes.

import numpy as np
from numpy.typing import NDArray


def dropout(
    X: NDArray[np.floating], p: float, rng: np.random.Generator, training: bool = True
) -> NDArray[np.floating]:
    """Return `X` with each element set to 0 with probability p, the others scaled so that the mean is kept.

    In training one call draws rng.random(X.shape); an element is kept where its draw is >= p, and is then
    divided by 1 - p. This is inverted dropout.

    Args:
        X: activations of any shape; not changed.
        p: the probability to drop an element, 0 <= p < 1; 0 drops nothing.
        rng: generator.
        training: in evaluation, when this is False, nothing is dropped and nothing is scaled.

    Returns:
        An array in the shape of `X`; in evaluation `X` itself or a copy.

    Raises:
        ValueError: in training, if p is negative, or 1 or more.

    >>> dropout(np.ones(4), 0.5, np.random.default_rng(0))
    array([2., 0., 0., 0.])
    """
    raise NotImplementedError("dropout")
