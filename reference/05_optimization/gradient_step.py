"""Gradient step: a small move downhill."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def gradient_step(W: NDArray[np.floating], grad: NDArray[np.floating], lr: float) -> NDArray[np.floating]:
    """Return the weights after one step of gradient descent.

    Args:
        W: weights of any shape, integers too; they are not changed.
        grad: gradient of the loss with respect to `W`, same shape.
        lr: learning rate.

    Returns:
        W - lr * grad, a new array in the shape of `W`.

    >>> gradient_step(np.array([1.0, 2.0]), np.array([10.0, -10.0]), 0.1)
    array([0., 3.])
    """
    return W - lr * grad


def _draw(rng):
    shape = tuple(rng.integers(1, 4, size=rng.integers(1, 4)))
    W, grad = (np.round(rng.uniform(-3, 3, size=shape), 2) for _ in range(2))
    return call(W, grad, float(np.round(rng.uniform(0.01, 0.9), 2)))


_START, _SLOPE = np.array([-3.0, 2.0]), np.array([1.0, 10.0])


def _walk(step, last):
    W = _START if last is None else last
    return call(W, _SLOPE * W, 0.15)


exercise = Exercise(
    gradient_step,
    tags=("gradient descent",),
    difficulty="easy",
    minutes=5,
    inputs=drawn(_draw).also(
        integers=call(np.array([1, 2, 3]), np.array([3.0, 0.0, -4.0]), 0.25),
        one_weight=call(np.array([[2.0]]), np.array([[4.0]]), 0.5),
        rate_zero=call(np.array([1.0, -1.0]), np.array([5.0, 5.0]), 0.0),
    ),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate().worth(2),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "The gradient points uphill. Where should the weights go?",
        "A large gradient makes a large step, a small learning rate a small one: multiply them.",
        "W -= … would change the caller's array; W - … makes a new one.",
    ),
    walk=_walk,
    formula=r"W \leftarrow W - \eta\, \frac{\partial L}{\partial W}",
    scale=4.0,
    oracle=lambda m, W, grad, lr: W - lr * grad,
)


@exercise.mistake(caught_by=checks.matches_reference)
def uphill(W, grad, lr):
    """The step goes uphill: the gradient points to larger losses. Subtract it."""
    return W + lr * grad


@exercise.mistake(caught_by=checks.matches_reference)
def rate_forgotten(W, grad, lr):
    """The learning rate is missing: the step is lr times the gradient."""
    return W - grad


@exercise.mistake(caught_by=checks.matches_reference)
def step_alone(W, grad, lr):
    """This is the step. Return the weights after it: W plus the step."""
    return -lr * grad


@exercise.mistake(caught_by=checks.matches_reference)
def length_ignored(W, grad, lr):
    """The gradient may be scaled to length 1, so steep and flat places get one step. Use it as it is."""
    return W - lr * grad / np.linalg.norm(grad)


@exercise.mistake(caught_by=checks.matches_reference)
def integers_cut(W, grad, lr):
    """Integer weights stayed integers, which cuts the step. W - lr * grad makes floats."""
    return (W - lr * grad).astype(W.dtype)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(W, grad, lr):
    """The caller's weights were changed, as by `W -= …`, which integers refuse. Write W - …: new ones."""
    W -= lr * grad
    return W


@exercise.mistake(caught_by=checks.preserves_shape)
def nothing_returned(W, grad, lr):
    """The new weights were computed but not returned."""
    W = W - lr * grad


@exercise.mistake(caught_by=checks.matches_reference)
def parentheses_misplaced(W, grad, lr):
    """(W - lr) * grad multiplies the weights by the gradient. The product comes first: W - lr * grad."""
    return (W - lr) * grad


@exercise.mistake(caught_by=checks.matches_reference)
def divided_by_the_rate(W, grad, lr):
    """The gradient was divided by the learning rate. Multiply them: a small rate makes a small step."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return W - np.true_divide(grad, lr)
