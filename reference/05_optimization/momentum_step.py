"""Momentum: a step that remembers the ones before."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


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
    velocity = beta * velocity + grad
    return W - lr * velocity, velocity


def _draw(rng):
    shape = tuple(rng.integers(1, 4, size=rng.integers(1, 3)))
    W, grad, velocity = (np.round(rng.uniform(-3, 3, size=shape), 2) for _ in range(3))
    lr, beta = (float(np.round(x, 2)) for x in (rng.uniform(0.01, 0.5), rng.uniform(0.3, 0.95)))
    return call(W, grad, velocity, lr, beta)


_START, _SLOPE = np.array([-3.0, 2.0]), np.array([1.0, 10.0])


def _walk(step, last):
    W, velocity = last or (_START, np.zeros(2))
    return call(W, _SLOPE * W, velocity, 0.1, 0.6)


_W, _GRAD = np.array([1.0, -2.0]), np.array([0.5, 4.0])
exercise = Exercise(
    momentum_step,
    tags=("gradient descent", "state"),
    difficulty="easy",
    minutes=10,
    after=("gradient_step",),
    inputs=drawn(_draw).also(
        first_step=call(_W, _GRAD, np.zeros(2), 0.1, 0.9),
        second_step=call(np.array([0.95, -2.4]), np.array([1.5, 3.0]), _GRAD, 0.1, 0.9),
        nothing_kept=call(_W, _GRAD, np.array([7.0, 7.0]), 0.1, 0.0),
    ),
    checks=(
        checks.matches_shape().named("Returns a tuple (W, velocity)"),
        checks.does_not_mutate().worth(2),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Do two steps on paper with the same gradient: the second one is longer.",
        "Velocity first, weights second: the weights move with the new velocity.",
        "The learning rate belongs to the weights' move alone; the gradient enters the velocity in full.",
    ),
    walk=_walk,
    formula=r"v \leftarrow \beta v + g, \quad W \leftarrow W - \eta v",
    scale=6.0,
    oracle=lambda m, W, grad, velocity, lr, beta: (
        W - lr * grad - lr * beta * velocity,
        beta * velocity + grad,
    ),
)


@exercise.mistake(caught_by=checks.matches_reference)
def average(W, grad, velocity, lr, beta):
    """The gradient may be multiplied by 1 - beta, as in a running average. Here it enters in full."""
    velocity = beta * velocity + (1 - beta) * grad
    return W - lr * velocity, velocity


@exercise.mistake(caught_by=checks.matches_reference)
def rate_inside(W, grad, velocity, lr, beta):
    """lr may be inside the velocity. Here the velocity collects gradients, and lr comes after."""
    velocity = beta * velocity + lr * grad
    return W - velocity, velocity


@exercise.mistake(caught_by=checks.matches_reference)
def old_velocity(W, grad, velocity, lr, beta):
    """The weights moved with the old velocity. Renew the velocity first."""
    return W - lr * velocity, beta * velocity + grad


@exercise.mistake(caught_by=checks.matches_reference)
def nothing_remembered(W, grad, velocity, lr, beta):
    """This is plain gradient descent: the old velocity, times beta, is missing."""
    return W - lr * grad, 1.0 * grad


@exercise.mistake(caught_by=checks.matches_reference)
def beta_forgotten(W, grad, velocity, lr, beta):
    """The old velocity was kept whole. Multiply it by beta, or it grows without end."""
    velocity = velocity + grad
    return W - lr * velocity, velocity


@exercise.mistake(caught_by=checks.matches_reference)
def look_ahead(W, grad, velocity, lr, beta):
    """This may be Nesterov's variant, with the gradient once more. Move by the new velocity alone."""
    velocity = beta * velocity + grad
    return W - lr * (beta * velocity + grad), velocity


@exercise.mistake(caught_by=checks.matches_reference)
def uphill(W, grad, velocity, lr, beta):
    """The step goes uphill: subtract lr times the velocity."""
    velocity = beta * velocity + grad
    return W + lr * velocity, velocity


@exercise.mistake(caught_by=checks.matches_reference)
def rate_and_sign_inside(W, grad, velocity, lr, beta):
    """Other texts use velocity = beta * velocity - lr * grad. Here it is + grad, and lr comes after."""
    velocity = beta * velocity - lr * grad
    return W + velocity, velocity


@exercise.mistake(caught_by=checks.matches_reference)
def beta_at_the_gradient(W, grad, velocity, lr, beta):
    """beta may be at the gradient. It belongs to the old velocity: beta * velocity + grad."""
    velocity = velocity + beta * grad
    return W - lr * velocity, velocity


@exercise.mistake(caught_by=checks.matches_reference)
def order_turned(W, grad, velocity, lr, beta):
    """The velocity came first. Return (W, velocity)."""
    velocity = beta * velocity + grad
    return velocity, W - lr * velocity


@exercise.mistake(caught_by=checks.matches_shape)
def weights_alone(W, grad, velocity, lr, beta):
    """Only the weights came back, so the next step cannot remember. Return (W, velocity)."""
    return W - lr * (beta * velocity + grad)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(W, grad, velocity, lr, beta):
    """`velocity *= beta` changes the caller's array. Write velocity = beta * velocity + grad: a new one."""
    velocity *= beta
    velocity += grad
    return W - lr * velocity, velocity
