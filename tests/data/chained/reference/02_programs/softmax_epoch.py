"""One epoch of softmax regression that changes its weights in place."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, steps


def softmax_epoch(
    X: NDArray[np.floating], y: NDArray[np.integer], theta: NDArray[np.floating], lr: float, batch: int
) -> None:
    """Run one epoch of gradient descent on the softmax loss, and change theta in place.

    Args:
        X: data, shape (n, d).
        y: integer classes from 0 to k - 1, shape (n,).
        theta: weights, shape (d, k); they are changed, and nothing is returned.
        lr: learning rate.
        batch: rows of each step, taken in order; the last step has fewer where n is no multiple of it.
    """
    for at in range(0, len(X), batch):
        rows, classes = X[at : at + batch], y[at : at + batch]
        exp = np.exp(rows @ theta)
        Z = exp / exp.sum(axis=1, keepdims=True)
        Z[np.arange(len(rows)), classes] -= 1
        theta -= lr * rows.T @ Z / len(rows)


def _draw(rng):
    n, d, k = (int(rng.integers(*bounds)) for bounds in ((3, 8), (1, 4), (2, 4)))
    X, theta = (np.round(rng.normal(size=shape), 2) for shape in ((n, d), (d, k)))
    y = rng.integers(0, k, size=n)
    return call(X=X, y=y, theta=theta, lr=0.5, batch=int(rng.integers(1, n)))


exercise = Exercise(
    softmax_epoch,
    inputs=drawn(_draw).also(
        ragged=call(
            X=np.arange(10.0).reshape(5, 2) / 10,
            y=np.array([0, 1, 1, 0, 1]),
            theta=np.zeros((2, 2)),
            lr=0.1,
            batch=2,
        )
    ),
    steps=(steps.run("softmax_epoch", "X", "y", "theta", "lr", "batch", label="epoch"), steps.left("theta")),
    checks=(
        checks.matches_reference().at("theta").worth(4).named("Theta has the right values after the epoch"),
        checks.matches_reference().at("epoch").named("Returns nothing"),
    ),
    scale=3.0,
    hints=("`theta -= …` changes the array; `theta = theta - …` makes a new one.", "Mind the last batch."),
)


@exercise.mistake(caught_by="matches_reference_theta_theta_has_the_right_values_after_the_epoch")
def new_array(X, y, theta, lr, batch):
    """`theta = theta - …` makes a new array; the caller's theta stays as it was."""
    theta = theta.copy()
    softmax_epoch(X, y, theta, lr, batch)


@exercise.mistake(caught_by="matches_reference_theta_theta_has_the_right_values_after_the_epoch")
def whole_batches(X, y, theta, lr, batch):
    """The last rows are left out where they do not fill a batch."""
    n = len(X) // batch * batch
    softmax_epoch(X[:n], y[:n], theta, lr, batch)


@exercise.mistake(caught_by="matches_reference_epoch_returns_nothing")
def returns_theta(X, y, theta, lr, batch):
    """The weights are returned; they are to be changed in place."""
    softmax_epoch(X, y, theta, lr, batch)
    return theta
