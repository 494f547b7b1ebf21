"""Training: a network learns what no line can separate."""
# Hard, about 40 minutes.

import numpy as np
from numpy.typing import NDArray


def train_mlp(
    X: NDArray[np.floating],
    Y: NDArray[np.floating],
    params: dict[str, NDArray[np.floating]],
    lr: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> tuple[dict[str, NDArray[np.floating]], list[float]]:
    """Return the parameters and the losses after training a network with one hidden layer.

    The network is P = softmax(relu(X W1 + b1) W2 + b2), samples in rows; the loss is the mean over the rows
    of -log P at the true class. Add nothing to P: it is never 0 here. Each epoch asks once for
    order = rng.permutation(n) and takes the rows in that order, `batch_size` at a time; the last batch may be
    smaller. Every batch makes one step: lr times the gradient of the batch's mean loss is
    subtracted from each parameter.

    Args:
        X: samples in rows, shape (n, d); integers too.
        Y: one-hot targets, shape (n, k); integers too.
        params: "W1" of shape (d, h), "b1" of shape (h,), "W2" of shape (h, k), "b2" of shape (k,); not
            changed.
        lr: learning rate.
        epochs: number of epochs, at least 1.
        batch_size: rows in a batch, from 1 to n.
        rng: generator, used for the permutations alone.

    Returns:
        A tuple (params, losses): a new dict with the same keys, and a list with the loss of all n rows after
        each epoch. On XOR, with the start and the learning rate that the checks choose, 150 epochs bring it
        below 0.05.

    >>> params = {"W1": np.zeros((1, 1)), "b1": np.ones(1), "W2": np.zeros((1, 2)), "b2": np.zeros(2)}
    >>> rng = np.random.default_rng(0)
    >>> new, losses = train_mlp(np.ones((1, 1)), np.array([[1, 0]]), params, 1.0, 1, 1, rng)
    >>> new["b2"], round(losses[0], 4)
    (array([ 0.5, -0.5]), 0.1269)
    """
    raise NotImplementedError("train_mlp")
