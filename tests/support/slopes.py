"""Problems with known derivatives: smooth, kinked, scaled, offset and saturated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Problem(NamedTuple):
    """A function, its derivative at points where it has one, and how its points are drawn."""

    name: str
    f: Callable[[Any], Any]
    derivative: Callable[[Any], Any]
    draw: Callable[[np.random.Generator], Any]
    whole: bool = False
    """`f` takes all coordinates together and returns one number or a vector."""


def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - np.outer(s, s)


def plain_softplus(x):
    return np.log(1 + np.exp(x))  # a staircase below -16: the sum has lost the digits of exp(x)


def cross_entropy(x):
    return -(x[0] - x.max() - np.log(np.exp(x - x.max()).sum()))


def cross_entropy_gradient(x):
    return softmax(x) - np.eye(len(x))[0]


def hidden_layer(x):
    w = np.linspace(-1, 1, x.size).reshape(x.shape)
    return np.sum(np.maximum(0, x) * w) ** 2


def hidden_layer_gradient(x):
    w = np.linspace(-1, 1, x.size).reshape(x.shape)
    return 2 * np.sum(np.maximum(0, x) * w) * w * (x > 0)


def leaky(x):
    return np.where(x > 0, x, 0.01 * x)


def elu(x):
    return np.where(x > 0, x, np.expm1(x))


def uniform(low, high, size=6):
    return lambda rng: rng.uniform(low, high, size=size)


def near_zero(rng):
    sizes = 10.0 ** rng.uniform(-9, 0, size=6)
    return sizes * rng.choice([-1, 1], size=6)


def with_kink(rng):
    return np.append(near_zero(rng), 0.0)


PROBLEMS = (
    Problem("tanh", np.tanh, lambda x: 1 - np.tanh(x) ** 2, uniform(-4, 4)),
    Problem("sigmoid", sigmoid, lambda x: sigmoid(x) * sigmoid(-x), uniform(-8, 8)),
    Problem("saturated sigmoid", sigmoid, lambda x: sigmoid(x) * sigmoid(-x), uniform(-60, 60)),
    Problem("saturated tanh", np.tanh, lambda x: 1 / np.cosh(x) ** 2, uniform(-30, 30)),
    Problem("cube", lambda x: x**3, lambda x: 3 * x**2, uniform(-100, 100)),
    Problem("exp", np.exp, np.exp, uniform(-20, 20)),
    Problem("sine, fast", lambda x: np.sin(50 * x), lambda x: 50 * np.cos(50 * x), uniform(-3, 3)),
    Problem("log", np.log, lambda x: 1 / x, uniform(0.3, 9)),
    Problem("relu", lambda x: np.maximum(0, x), lambda x: (x > 0) * 1.0, with_kink),
    Problem("leaky relu", leaky, lambda x: np.where(x > 0, 1, 0.01), near_zero),
    Problem("absolute value", np.abs, np.sign, with_kink),
    Problem("elu", elu, lambda x: np.where(x > 0, 1, np.exp(x)), near_zero),
    Problem("scaled up", lambda x: 1e9 * np.sin(x), lambda x: 1e9 * np.cos(x), uniform(-3, 3)),
    Problem("scaled down", lambda x: 1e-9 * np.sin(x), lambda x: 1e-9 * np.cos(x), uniform(-3, 3)),
    Problem("offset 1e6", lambda x: 1e6 + np.sin(x), np.cos, uniform(-3, 3)),
    Problem("offset 1e12", lambda x: 1e12 + np.sin(x), np.cos, uniform(-3, 3)),
    Problem("large points", lambda x: np.sin(x / 1e5), lambda x: np.cos(x / 1e5) / 1e5, uniform(-1e6, 1e6)),
    Problem("softmax", softmax, softmax_jacobian, uniform(-3, 3, 5), whole=True),
    Problem("cross-entropy", cross_entropy, cross_entropy_gradient, uniform(-20, 20, 5), whole=True),
    Problem("cross-entropy, sure", cross_entropy, cross_entropy_gradient, uniform(-40, 40, 5), whole=True),
    Problem("plain softplus", plain_softplus, sigmoid, uniform(-40, 5)),
    Problem("hidden layer", hidden_layer, hidden_layer_gradient, uniform(-2, 2, (2, 3)), whole=True),
)  # fmt: skip
