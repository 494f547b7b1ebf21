"""Mini-batch gradient descent: train a model of one layer."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, given


def identity(z):
    """Return z as it is: no activation."""
    return z


def gradient_descent(
    X: NDArray[np.floating],
    y: NDArray[np.floating],
    W: NDArray[np.floating],
    b: NDArray[np.floating],
    lr: float,
    num_epochs: int,
    batch_size: int,
    loss_fn: Callable,
    activation_fn: Callable = identity,
) -> tuple[NDArray[np.floating], NDArray[np.floating], list[float]]:
    """Return the weights, the bias and the losses after training with mini-batches.

    In each epoch every row is used once, in batches of `batch_size` rows; the last batch may be smaller.
    The order of the rows is yours to choose. For each batch of m rows: prediction =
    activation_fn(X W + b), error = prediction - y; then W falls by lr X^T error / m, and b by lr times
    the mean error. That is the step whatever the activation and `loss_fn` are: `loss_fn` only measures.

    Args:
        X: inputs, shape (n, d); integers too.
        y: targets, shape (n, 1); integers too.
        W: weights, shape (d, 1); not changed.
        b: bias, shape (1, 1); not changed.
        lr: learning rate.
        num_epochs: number of epochs, at least 1.
        batch_size: rows in a batch, from 1 to n.
        loss_fn: called as loss_fn(predictions, y), returns one number to keep in the list.
        activation_fn: applied to X W + b.

    Returns:
        A tuple (W, b, losses): new weights and bias in their shapes, and a list of one loss an epoch. It is
        up to you whether a loss is measured on all rows or averaged over the batches, before or after the
        epoch's steps.

    >>> X, y = np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]])
    >>> half_mse = lambda p, t: float(np.mean((p - t) ** 2) / 2)
    >>> W, b, losses = gradient_descent(X, y, np.zeros((1, 1)), np.zeros((1, 1)), 0.1, 2, 2, half_mse)
    >>> W.round(3), b.round(3), len(losses)
    (array([[0.83]]), array([[0.495]]), 2)
    """
    losses = []
    for _ in range(num_epochs):
        for start in range(0, len(X), batch_size):
            rows, targets = X[start : start + batch_size], y[start : start + batch_size]
            error = activation_fn(rows @ W + b) - targets
            W = W - lr * rows.T @ error / len(rows)
            b = b - lr * error.mean()
        losses.append(float(loss_fn(activation_fn(X @ W + b), y)))
    return W, b, losses


def _draw(rng):
    # Whatever the order of the rows: either all of them are one batch, or they are equal.
    n, d = int(rng.integers(3, 7)), rng.integers(1, 4)
    X, y, W, b = (np.round(rng.uniform(-1, 1, size=s), 2) for s in ((n, d), (n, 1), (d, 1), (1, 1)))
    batch = n
    if rng.random() < 0.5:
        X, y, batch = np.tile(X[:1], (n, 1)), np.tile(y[:1], (n, 1)), int(rng.integers(1, n))
    return call(X, y, W, b, float(np.round(rng.uniform(0.05, 0.2), 2)), 3, batch, given("squared_error"))


def _exact(m, X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=None):
    def error(row, target):
        z = sum(row * W[:, 0]) + b[0, 0]
        return (z if activation_fn is None else m.atan(z)) - target[0]

    losses, rows = [], list(zip(X, y, strict=True))
    for _ in range(num_epochs):
        for start in range(0, len(rows), batch_size):
            batch = [(row, error(row, target)) for row, target in rows[start : start + batch_size]]
            W = W - lr * sum(row * e for row, e in batch)[:, None] / len(batch)
            b = b - lr * sum(e for _, e in batch) / len(batch)
        losses.append(sum(error(row, target) ** 2 for row, target in rows) / (2 * len(rows)))
    return W, b, losses


_ROW = np.tile([[1.0, -0.5]], (5, 1))
_START = np.array([[0.5], [-0.25]]), np.array([[0.1]])
exercise = Exercise(
    gradient_descent,
    tags=("gradient descent", "loops", "callables"),
    difficulty="medium",
    minutes=20,
    after=("gradient_step", "mse_loss"),
    inputs=drawn(_draw).also(
        ragged_last_batch=call(_ROW, np.ones((5, 1)), *_START, 0.1, 2, 2, given("squared_error")),
        one_row_at_a_time=call(_ROW[:3], np.ones((3, 1)), *_START, 0.1, 2, 1, given("squared_error")),
        full_batch_of_integers=call(
            np.array([[1, 0], [0, 2], [1, 1]]), np.array([[1], [0], [2]]), *_START,
            0.1, 4, 3, given("squared_error"),
        ),
        with_activation=call(
            np.array([[1.0, 0.5], [-1.0, 0.5], [0.5, -2.0]]), np.array([[1], [0], [1]]), *_START,
            0.2, 3, 3, given("squared_error"), activation_fn=given("bend"),
        ),
    ),
    checks=(
        checks.matches_shape().named("Returns W, b and one loss an epoch"),
        checks.falls(2).named("The losses fall"),
        checks.does_not_mutate(),
        checks.items_match(0, 1).worth(5).named("W and b are right after the last epoch"),
    ),
    hints=(
        "Two loops: epochs outside, batches inside. range(0, n, batch_size) gives where the batches start.",
        "A slice that reaches beyond the end is simply shorter: divide by its own number of rows.",
        "Write W = W - …, so that the caller's arrays stay; append one loss after the inner loop.",
    ),
    formula=r"W \leftarrow W - \tfrac{\eta}{m} X^{\mathsf T} e, \quad b \leftarrow b - \eta\, \bar e",
    scale=2.0,
    record=2,
    condition=lambda *_, **__: 100,
    oracle=_exact,
    equivalents={
        'losses.append(float(loss_fn(y, activation_fn(X @ W + b))))': 'This loss is symmetric.',
        'losses.append(float(loss_fn(X @ W + b, y)))': "The losses' values are free as long as they fall.",
    },
)  # fmt: skip


def _train(X, y, W, b, lr, epochs, size, loss_fn, activation_fn=identity, **change):
    """Train with one thing changed."""
    sign, bias, mean = change.get("sign", -1), change.get("bias", 1), change.get("mean", len)
    end = len(X) - size + 1 if change.get("full_batches") else len(X)
    losses = []
    for _ in range(epochs):
        for start in range(0, end, size):
            rows, targets = X[start : start + size], y[start : start + size]
            error = activation_fn(rows @ W + b) - targets
            W = W + sign * lr * rows.T @ error / mean(rows)
            spread = 1 if bias == "summed" else mean(rows)
            b = b + sign * (bias != 0) * lr * error.sum() / spread
        losses.append(float(loss_fn(activation_fn(X @ W + b), y)))
    return W, b, losses


@exercise.mistake(caught_by=checks.items_match)
def last_batch_dropped(*args, **options):
    """The last, smaller batch may be left out. range(0, n, batch_size) reaches it too."""
    return _train(*args, **options, full_batches=True)


@exercise.mistake(caught_by=checks.items_match)
def divided_by_batch_size(*args, **options):
    """You may divide by batch_size where the last batch has fewer rows. Divide by len(rows)."""
    return _train(*args, **options, mean=lambda rows: args[6])


@exercise.mistake(caught_by=checks.items_match)
def batches_ignored(X, y, W, b, lr, num_epochs, batch_size, *functions, **options):
    """W and b are those of one step an epoch. Make one for every batch of batch_size rows."""
    return _train(X, y, W, b, lr, num_epochs, len(X), *functions, **options)


@exercise.mistake(caught_by=checks.items_match)
def sum_for_mean(*args, **options):
    """The gradients were added up over the batch. Divide by its number of rows."""
    return _train(*args, **options, mean=lambda rows: 1)


@exercise.mistake(caught_by=checks.items_match)
def factor_two(*args, **options):
    """The step is twice as long. In this exercise the error is prediction - y, without the factor 2."""
    return _train(*args, **options, sign=-2)


@exercise.mistake(caught_by=checks.items_match)
def bias_forgotten(*args, **options):
    """The bias never moved. It falls by lr times the mean error."""
    return _train(*args, **options, bias=0)


@exercise.mistake(caught_by=checks.falls)
def uphill(*args, **options):
    """The losses rise: the steps go uphill. The error is prediction - y, and the step is subtracted."""
    return _train(*args, **options, sign=1)


@exercise.mistake(caught_by=checks.items_match)
def activation_ignored(*args, activation_fn=identity):
    """The predictions are X W + b alone. Apply activation_fn to that."""
    return _train(*args)


@exercise.mistake(caught_by=checks.matches_shape)
def last_loss_alone(*args, **options):
    """Only the last loss came back. Return a list with one for every epoch."""
    W, b, losses = _train(*args, **options)
    return W, b, losses[-1]


@exercise.mistake(caught_by=checks.matches_shape)
def one_loss_a_batch(X, y, W, b, lr, num_epochs, batch_size, loss_fn, activation_fn=identity):
    """There is a loss for every batch. Append one an epoch, behind the inner loop."""
    losses = []
    for _ in range(num_epochs):
        for start in range(0, len(X), batch_size):
            batch = X[start : start + batch_size], y[start : start + batch_size]
            losses.append(loss_fn(activation_fn(batch[0] @ W + b), batch[1]))
            W, b, _ = _train(*batch, W, b, lr, 1, batch_size, loss_fn, activation_fn)
    return W, b, losses


@exercise.mistake(caught_by=checks.matches_shape)
def returned_after_one_epoch(X, y, W, b, lr, num_epochs, *rest, **options):
    """There is one epoch alone: the return may stand inside the loop. Move it out to the left."""
    return _train(X, y, W, b, lr, 1, *rest, **options)


@exercise.mistake(caught_by=checks.items_match)
def bias_summed(*args, **options):
    """b may fall by lr times the sum of the errors. It falls by lr times their mean."""
    return _train(*args, **options, bias="summed")


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(X, y, W, b, *rest, **options):
    """The caller's weights were trained in place. Write W = W - …, or copy them first."""
    W[...], b[...], losses = _train(X, y, W, b, *rest, **options)
    return W, b, losses
