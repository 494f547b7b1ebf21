"""Two layers backwards: every parameter's gradient."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def mlp_backward(
    Y: NDArray[np.floating],
    cache: dict[str, NDArray[np.floating]],
    params: dict[str, NDArray[np.floating]],
) -> dict[str, NDArray[np.floating]]:
    """Return the gradients of the mean cross-entropy of a network with one hidden layer.

    The network is Z1 = X W1 + b1, A1 = relu(Z1), P = softmax(A1 W2 + b2), samples in rows; the loss is the
    sum of -Y log(P), divided by the number of rows n.

    Args:
        Y: one-hot targets, shape (n, k); integers too.
        cache: "X" of shape (n, d), "Z1" and "A1" of shape (n, h), "P" of shape (n, k), as mlp_forward returns
            them.
        params: "W1" of shape (d, h), "b1" of shape (h,), "W2" of shape (h, k), "b2" of shape (k,).

    Returns:
        A dict with the keys "W1", "b1", "W2" and "b2": for each parameter its gradient, in its shape.

    >>> cache = {"X": np.eye(1), "Z1": np.array([[2.0]]), "A1": np.array([[2.0]]), "P": np.full((1, 2), 0.5)}
    >>> params = {"W1": np.ones((1, 1)), "b1": np.ones(1), "W2": np.array([[1.0, 1.0]]), "b2": np.zeros(2)}
    >>> grads = mlp_backward(np.array([[1.0, 0.0]]), cache, params)
    >>> grads["W2"], grads["b2"]
    (array([[-1.,  1.]]), array([-0.5,  0.5]))
    """
    dZ2 = (cache["P"] - Y) / len(Y)
    dZ1 = dZ2 @ params["W2"].T * (cache["Z1"] > 0)
    return {
        "W1": cache["X"].T @ dZ1,
        "b1": dZ1.sum(axis=0),
        "W2": cache["A1"].T @ dZ2,
        "b2": dZ2.sum(axis=0),
    }


def _forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    exp = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return {"X": X, "Z1": Z1, "A1": A1, "P": exp / exp.sum(axis=1, keepdims=True)}


def _loss(Y, cache, params):
    return -np.sum(Y * np.log(_forward(cache["X"], params)["P"])) / len(Y)


def _draw(rng, *, n=0, d=0, h=0, k=0):
    n, d, h, k = (given or int(rng.integers(2, 5)) for given in (n, d, h, k))
    # No score near the kink of ReLU: there the loss has no slope to measure, and the cache is fixed.
    while True:
        X = np.round(rng.uniform(-2, 2, size=(n, d)), 2)
        shapes = {"W1": (d, h), "b1": (h,), "W2": (h, k), "b2": (k,)}
        params = {name: np.round(rng.uniform(-1, 1, size=shape), 2) for name, shape in shapes.items()}
        cache = _forward(X, params)
        if np.abs(cache["Z1"]).min() > 0.05 and np.any(cache["Z1"] < 0):
            return call(np.eye(k)[rng.integers(0, k, size=n)], cache, params)


def _integer_targets(case):
    Y, cache, params = case.args
    return call(Y.astype(int), cache, params)


def _exact(m, Y, cache, params):
    """Return the mean over the samples, each with its own outer products."""
    grads = dict.fromkeys(params, 0)
    for y, x, z, a, p in zip(Y, *(cache[key] for key in ("X", "Z1", "A1", "P")), strict=True):
        error = (m.mpf(p) - y) / len(Y)
        back = np.array(
            [sum(w * error) if score > 0 else 0 for w, score in zip(params["W2"], z, strict=True)]
        )
        share = {"W1": np.outer(x, back), "b1": back, "W2": np.outer(a, error), "b2": error}
        grads = {name: grads[name] + share[name] for name in params}
    return grads


exercise = Exercise(
    mlp_backward,
    tags=("network", "backward", "derivative"),
    difficulty="hard",
    minutes=30,
    after=("mlp_forward", "softmax_cross_entropy_gradient", "relu_backward"),
    inputs=drawn(_draw).also(
        all_sizes_three=_draw(np.random.default_rng(5), n=3, d=3, h=3, k=3),
        one_sample=_draw(np.random.default_rng(6), n=1),
        integers=_integer_targets(_draw(np.random.default_rng(7))),
    ),
    checks=(
        checks.matches_shape().named("Returns a dict of gradients in the shapes of the parameters"),
        checks.gradient_matches(
            _loss, wrt={"W1": "params.W1", "b1": "params.b1", "W2": "params.W2", "b2": "params.b2"}
        ).worth(4),
        checks.does_not_mutate(),
        checks.matches_reference().worth(5),
    ),
    hints=(
        "Start at the end: with softmax and cross-entropy together, dZ2 = (P - Y) / n.",
        "W2 gets A1.T @ dZ2, b2 the sum of dZ2 over the samples, and A1 gets dZ2 @ W2.T.",
        "Through the ReLU the gradient passes where Z1 > 0. Then the first layer is like the second.",
    ),
    formula=r"dZ_1 = \bigl(dZ_2 W_2^{\mathsf T}\bigr) \odot [Z_1 > 0], \quad dZ_2 = \tfrac{1}{n} (P - Y)",
    condition=lambda Y, cache, params: 200.0,
    oracle=_exact,
    equivalents={
        "dZ1 = dZ2 @ params['W2'].T * (cache['Z1'] >= 0)": "The text leaves the slope of ReLU at 0 open.",
    },
)


def _gradients(Y, cache, params, *, divisor=None, gate=None, back=None, first="X", second="A1"):
    dZ2 = (cache["P"] - Y) / (divisor or len(Y))
    dA1 = dZ2 @ params["W2"].T if back is None else back(dZ2)
    dZ1 = dA1 * ((cache["Z1"] > 0) if gate is None else gate)
    return {
        "W1": cache[first].T @ dZ1,
        "b1": dZ1.sum(axis=0),
        "W2": cache[second].T @ dZ2,
        "b2": dZ2.sum(axis=0),
    }


@exercise.mistake(caught_by=checks.gradient_matches)
def not_divided(Y, cache, params):
    """These are gradients of the sum over samples. The loss is their mean: divide by n."""
    return _gradients(Y, cache, params, divisor=1)


@exercise.mistake(caught_by=checks.gradient_matches)
def divided_by_all_elements(Y, cache, params):
    """The gradients were divided by samples times classes. The mean runs over the samples alone: len(Y)."""
    return _gradients(Y, cache, params, divisor=Y.size)


@exercise.mistake(caught_by=checks.gradient_matches)
def relu_ignored(Y, cache, params):
    """The gradient went past the ReLU. It passes only where Z1 > 0."""
    return _gradients(Y, cache, params, gate=1.0)


@exercise.mistake(caught_by=checks.gradient_matches)
def sigmoid_slope(Y, cache, params):
    """A1 (1 - A1) is the slope of a sigmoid. The hidden layer has a ReLU, with slope 0 or 1."""
    return _gradients(Y, cache, params, gate=cache["A1"] * (1 - cache["A1"]))


@exercise.mistake(caught_by=checks.gradient_matches)
def gate_multiplied_by_activation(Y, cache, params):
    """The gradient was multiplied by A1, the value of the ReLU. Its slope is 1 where Z1 > 0."""
    return _gradients(Y, cache, params, gate=cache["A1"])


@exercise.mistake(caught_by=checks.gradient_matches)
def scores_for_activations(Y, cache, params):
    """W2 was multiplied by A1, the output of the ReLU, not by Z1. So its gradient has A1.T."""
    return _gradients(Y, cache, params, second="Z1")


@exercise.mistake(caught_by=checks.gradient_matches)
def sign_turned(Y, cache, params):
    """The signs are reversed: it is P - Y, not Y - P."""
    return {name: -value for name, value in _gradients(Y, cache, params).items()}


@exercise.mistake(caught_by=checks.gradient_matches)
def softmax_slope_too_many(Y, cache, params):
    """P (1 - P) is a factor too many: softmax and cross-entropy together leave P - Y."""
    P = cache["P"]
    return _gradients(Y + (P - Y) * (1 - P * (1 - P)), cache, params)


@exercise.mistake(caught_by=checks.matches_shape)
def biases_with_two_axes(Y, cache, params):
    """The bias gradients have an axis too many, as from keepdims=True. Biases have shape (h,) and (k,)."""
    return {name: np.atleast_2d(value) for name, value in _gradients(Y, cache, params).items()}


@exercise.mistake(caught_by=checks.gradient_matches)
def biases_averaged(Y, cache, params):
    """The bias gradients were averaged although dZ2 holds the 1/n already. Sum them."""
    found = _gradients(Y, cache, params)
    return {name: value / len(Y) if name[0] == "b" else value for name, value in found.items()}


@exercise.mistake(caught_by=checks.does_not_mutate)
def cache_changed(Y, cache, params):
    """The caller's cache changed. Make new arrays: P - Y, without -= on what the cache holds."""
    cache["P"] -= Y
    return _gradients(0 * Y, cache, params)


@exercise.mistake(caught_by=checks.matches_shape)
def biases_as_one_number(Y, cache, params):
    """Each bias gradient is one number. Every unit has a bias of its own: sum over the samples, axis=0."""
    found = _gradients(Y, cache, params)
    return {name: np.sum(value) if name[0] == "b" else value for name, value in found.items()}
