"""Adam: momentum with a step size of its own for every weight."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


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
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    step = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return W - lr * step, m, v


def _draw(rng):
    shape = tuple(rng.integers(1, 4, size=rng.integers(1, 3)))
    W, grad, m, v = (np.round(rng.uniform(-3, 3, size=shape), 2) for _ in range(4))
    return call(W, grad, m, np.abs(v), int(rng.integers(2, 9)), float(np.round(rng.uniform(0.01, 0.5), 2)))


_START, _SLOPE = np.array([-3.0, 2.0]), np.array([1.0, 10.0])


def _walk(step, last):
    W, m, v = last or (_START, np.zeros(2), np.zeros(2))
    return call(W, _SLOPE * W, m, v, step, 0.4)


def _exact(mp, W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    # Both corrections in one factor of the step, which is how the paper saves work.
    beta1, beta2 = mp.mpf(beta1), mp.mpf(beta2)
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    root = mp.sqrt(1 - beta2**t)
    return W - lr * root / (1 - beta1**t) * m / (mp.sqrt(v) + eps * root), m, v


_W, _GRAD, _ZERO = np.array([1.0, -2.0, 0.5]), np.array([0.5, -40.0, 3.0]), np.zeros(3)
exercise = Exercise(
    adam_step,
    tags=("gradient descent", "state", "keyword"),
    difficulty="medium",
    minutes=15,
    after=("momentum_step",),
    inputs=drawn(_draw).also(
        first_step=call(_W, _GRAD, _ZERO, _ZERO, 1, 0.1),
        second_step=call(_W, _GRAD, 0.1 * _GRAD, 0.001 * _GRAD**2, 2, 0.1),
        other_betas=call(_W, _GRAD, 0.5 * _GRAD, np.ones(3), 3, 0.1, beta1=0.5, beta2=0.75),
        large_epsilon=call(_W, _GRAD, _ZERO, np.ones(3), 4, 0.1, eps=0.5),
        no_gradient=call(_W, _ZERO, _ZERO, _ZERO, 1, 0.1),
    ),
    checks=(
        checks.matches_shape().named("Returns a tuple (W, m, v)"),
        checks.items_match(0).on("first step").named("The first step is lr long, against the gradient"),
        checks.items_match(1, 2).worth(2).named("m and v are right"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Take the first step apart: m is a tenth of the gradient, and m' is the gradient itself.",
        "Four lines: new m, new v, both corrected by 1 - beta^t, then the move.",
        "Keep the corrected moments under other names: the next step wants the uncorrected ones.",
    ),
    walk=_walk,
    formula=r"W \leftarrow W - \eta\, \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \varepsilon}",
    scale=4.0,
    condition=lambda *_, **__: 2000,
    oracle=_exact,
)


def _moments(grad, m, v, beta1, beta2):
    return beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2


@exercise.mistake(caught_by=checks.matches_reference)
def not_corrected(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The moments start at 0 and are too small at first: divide them by 1 - beta^t."""
    m, v = _moments(grad, m, v, beta1, beta2)
    return W - lr * m / (np.sqrt(v) + eps), m, v


@exercise.mistake(caught_by=checks.items_match)
def corrected_kept(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The corrected moments were returned; the next step would correct them again. Return the plain ones."""
    m, v = _moments(grad, m, v, beta1, beta2)
    m, v = m / (1 - beta1**t), v / (1 - beta2**t)
    return W - lr * m / (np.sqrt(v) + eps), m, v


@exercise.mistake(caught_by=checks.matches_reference)
def epsilon_inside(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """eps may stand under the root. In this exercise it is added outside."""
    m, v = _moments(grad, m, v, beta1, beta2)
    return W - lr * (m / (1 - beta1**t)) / np.sqrt(v / (1 - beta2**t) + eps), m, v


@exercise.mistake(caught_by=checks.matches_reference)
def root_forgotten(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The square root is missing: v holds squares, so its root is as large as the gradient."""
    m, v = _moments(grad, m, v, beta1, beta2)
    return W - lr * (m / (1 - beta1**t)) / (v / (1 - beta2**t) + eps), m, v


@exercise.mistake(caught_by=checks.items_match)
def gradient_not_squared(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """v collects squared gradients. Without the square it can be negative, and its root is nan."""
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad
    return W - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@exercise.mistake(caught_by=checks.matches_reference)
def counted_from_zero(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The correction may use t + 1. t is counted from 1 already."""
    return adam_step(W, grad, m, v, t + 1, lr, beta1, beta2, eps)


@exercise.mistake(caught_by=checks.items_match)
def betas_swapped(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The betas may be swapped: beta1 belongs to m, beta2 to v."""
    return adam_step(W, grad, m, v, t, lr, beta2, beta1, eps)


@exercise.mistake(caught_by=checks.matches_reference)
def fixed_constants(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """0.9, 0.999 or 1e-8 may be written into the code. Use the parameters beta1, beta2 and eps."""
    return adam_step(W, grad, m, v, t, lr)


@exercise.mistake(caught_by=checks.matches_reference)
def uphill(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The step goes uphill: subtract it."""
    return adam_step(W, grad, m, v, t, -lr, beta1, beta2, eps)


@exercise.mistake(caught_by=checks.matches_reference)
def power_of_the_difference(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The power may be at the difference, (1 - beta)**t. It belongs to beta: 1 - beta**t."""
    m, v = _moments(grad, m, v, beta1, beta2)
    return W - lr * (m / (1 - beta1) ** t) / (np.sqrt(v / (1 - beta2) ** t) + eps), m, v


@exercise.mistake(caught_by=checks.matches_reference)
def times_for_power(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """beta may be multiplied by t. The correction has a power: 1 - beta**t."""
    m, v = _moments(grad, m, v, beta1, beta2)
    return W - lr * (m / (1 - beta1 * t)) / (np.sqrt(v / (1 - beta2 * t)) + eps), m, v


@exercise.mistake(caught_by=checks.items_match)
def old_moments(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The weights moved with the old moments. Renew m and v first, and correct the new ones."""
    step = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return W - lr * step, *_moments(grad, m, v, beta1, beta2)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(W, grad, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """The caller's moments were changed, as by `m *= beta1`. Make new ones: m = beta1 * m + …"""
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad**2
    return W - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v
