"""Perceptron backwards: how weights and bias move the loss."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def perceptron_gradients(
    X: NDArray[np.floating], y: NDArray[np.integer], W: NDArray[np.floating], b: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of the mean binary cross-entropy of a perceptron.

    The perceptron's probabilities are y_pred = sigmoid(XW + b); the loss is the mean over the n rows of
    -(y log(y_pred) + (1 - y) log(1 - y_pred)).

    Args:
        X: samples in rows, shape (n, d); integers too.
        y: true classes, 0 or 1, shape (n, 1).
        W: weights, shape (d, 1).
        b: bias, shape (1,) or (1, 1).

    Returns:
        A tuple (dW, db): the gradients with respect to W and to b, in the shapes of W and b.

    >>> dW, db = perceptron_gradients(np.array([[2.0]]), np.array([[1]]), np.array([[0.0]]), np.array([0.0]))
    >>> dW, db
    (array([[-1.]]), array([-0.5]))
    """
    error = 1 / (1 + np.exp(-(X @ W + b))) - y
    return X.T @ error / len(X), error.mean().reshape(b.shape)


def _loss(X, y, W, b):
    Z = X @ W + b
    return np.mean(np.logaddexp(0, Z) - y * Z)


def _draw(rng):
    n, d = rng.integers(2, 6), rng.integers(1, 4)
    X, W = (np.round(rng.uniform(-2, 2, size=shape), 2) for shape in ((n, d), (d, 1)))
    bias = np.round(rng.uniform(-1, 1, size=(1, 1) if rng.random() < 0.5 else (1,)), 2)
    return call(X, rng.integers(0, 2, size=(n, 1)), W, bias)


def _exact(m, X, y, W, b):
    scores = [sum(row * W[:, 0]) + b.flat[0] for row in X]
    errors = [(1 + m.tanh(z / 2)) / 2 - target for z, target in zip(scores, y[:, 0], strict=True)]
    dW = sum(row * e for row, e in zip(X, errors, strict=True)) / len(X)
    return dW[:, None], np.reshape(sum(errors) / len(X), b.shape)


exercise = Exercise(
    perceptron_gradients,
    tags=("perceptron", "derivative"),
    difficulty="medium",
    minutes=15,
    after=("forward_perceptron", "binary_cross_entropy_gradient"),
    inputs=drawn(_draw).also(
        three_samples=call(
            np.array([[1.0, 0.5], [-1.0, 2.0], [0.0, 1.0]]), np.array([[1], [0], [1]]),
            np.array([[0.5], [-0.25]]), np.array([0.25]),
        ),
        integers=call(
            np.array([[1, 2], [3, -1]]), np.array([[0], [1]]), np.array([[0.5], [0.25]]), np.array([[-0.5]])
        ),
    ),
    checks=(
        checks.matches_shape().named("Returns dW in the shape of W and db in the shape of b"),
        checks.gradient_matches(_loss, wrt=("W", "b")).worth(2),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
    ),
    hints=(
        "Take one sample: the derivative of the loss with respect to the score is y_pred - y.",
        "The score changes by x for each unit of W, and by 1 for each unit of b: multiply and average.",
        "X.T @ (y_pred - y) adds up over the samples; db is a mean that still needs the shape of b.",
    ),
    formula=r"\nabla_W L = \tfrac{1}{n} X^{\mathsf T} e, \quad \nabla_b L = \bar e, \quad e = \hat y - y",
    scale=2.0,
    condition=lambda X, y, W, b: 20 * X.shape[1],
    oracle=_exact,
)  # fmt: skip


def _error(X, y, W, b):
    return 1 / (1 + np.exp(-(X @ W + b))) - y


@exercise.mistake(caught_by=checks.gradient_matches)
def not_divided(X, y, W, b):
    """These are the gradients of the sum. The loss is a mean: divide by the number of rows."""
    error = _error(X, y, W, b)
    return X.T @ error, error.sum().reshape(b.shape)


@exercise.mistake(caught_by=checks.gradient_matches)
def bias_not_divided(X, y, W, b):
    """dW is a mean over the rows, db was left a sum. Divide both by n."""
    error = _error(X, y, W, b)
    return X.T @ error / len(X), error.sum().reshape(b.shape)


@exercise.mistake(caught_by=checks.gradient_matches)
def sign_turned(X, y, W, b):
    """The signs are turned: the error is y_pred - y, not y - y_pred."""
    error = -_error(X, y, W, b)
    return X.T @ error / len(X), error.mean().reshape(b.shape)


@exercise.mistake(caught_by=checks.gradient_matches)
def sigmoid_slope_too_many(X, y, W, b):
    """The sigmoid's slope may be a factor too many: the derivative of the loss cancels it."""
    error = _error(X, y, W, b)
    A = error + y
    error = error * A * (1 - A)
    return X.T @ error / len(X), error.mean().reshape(b.shape)


@exercise.mistake(caught_by=checks.gradient_matches)
def scores_for_probabilities(X, y, W, b):
    """The sigmoid is missing: the error is sigmoid(XW + b) - y."""
    error = X @ W + b - y
    return X.T @ error / len(X), error.mean().reshape(b.shape)


@exercise.mistake(caught_by=checks.gradient_matches)
def bias_left_out(X, y, W, b):
    """The bias may be left out of the scores: they are XW + b."""
    error = 1 / (1 + np.exp(-(X @ W))) - y
    return X.T @ error / len(X), error.mean().reshape(b.shape)


@exercise.mistake(caught_by=checks.matches_shape)
def bias_without_shape(X, y, W, b):
    """db is a plain number. Give it the shape of b: reshape(b.shape)."""
    error = _error(X, y, W, b)
    return X.T @ error / len(X), error.mean()


@exercise.mistake(caught_by=checks.matches_shape)
def one_bias_a_row(X, y, W, b):
    """db still has an entry for every sample. They share one bias: take the mean."""
    error = _error(X, y, W, b)
    return X.T @ error / len(X), error


@exercise.mistake(caught_by=checks.matches_shape)
def weights_as_a_row(X, y, W, b):
    """dW is a row. It has the shape of W, (d, 1): X.T @ error."""
    error = _error(X, y, W, b)
    return error.T @ X / len(X), error.mean().reshape(b.shape)


@exercise.mistake(caught_by=checks.matches_reference)
def order_turned(X, y, W, b):
    """db came first. Return (dW, db)."""
    error = _error(X, y, W, b)
    return error.mean().reshape(b.shape), X.T @ error / len(X)
