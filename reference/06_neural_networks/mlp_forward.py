"""Two layers forwards: scores, ReLU, scores, softmax."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def mlp_forward(
    X: NDArray[np.floating], params: dict[str, NDArray[np.floating]]
) -> tuple[NDArray[np.floating], dict[str, NDArray[np.floating]]]:
    """Return the probabilities of a network with one hidden layer, and a cache for the way back.

    Z1 = X W1 + b1, A1 = relu(Z1), and the probabilities are P = softmax(A1 W2 + b2), row by row.

    Args:
        X: samples in rows, shape (n, d); integers too.
        params: "W1" of shape (d, h), "b1" of shape (h,), "W2" of shape (h, k), "b2" of shape (k,);
            scores may be as large as 1000.

    Returns:
        A tuple (P, cache). P has shape (n, k); cache is a dict with exactly the keys "X", "Z1", "A1" and "P".

    >>> params = {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.eye(2), "b2": np.zeros(2)}
    >>> P, cache = mlp_forward(np.array([[-3.0, 0.0]]), params)
    >>> P, cache["Z1"], cache["A1"]
    (array([[0.5, 0.5]]), array([[-3.,  0.]]), array([[0., 0.]]))
    """
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    exp = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    P = exp / exp.sum(axis=1, keepdims=True)
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}


def _params(rng, d, h, k):
    shapes = {"W1": (d, h), "b1": (h,), "W2": (h, k), "b2": (k,)}
    return {name: np.round(rng.uniform(-1, 1, size=shape), 2) for name, shape in shapes.items()}


def _draw(rng):
    n, d, h, k = rng.integers(2, 5, size=4)
    return call(np.round(rng.uniform(-2, 2, size=(n, d)), 2), _params(rng, d, h, k))


def _exact(m, X, params):
    """Return one sample after the other, with exponentials of any size."""
    cache = {"X": [], "Z1": [], "A1": [], "P": []}
    for x in m.mpf(X):
        z = np.array([sum(x * w) for w in params["W1"].T]) + params["b1"]
        a = np.array([max(score, 0) for score in z])
        e = m.exp(np.array([sum(a * w) for w in params["W2"].T]) + params["b2"])
        for rows, row in zip(cache.values(), (x, z, a, e / sum(e)), strict=True):
            rows.append(row)
    return np.array(cache["P"]), {key: np.array(rows) for key, rows in cache.items()}


_THREE = _params(np.random.default_rng(3), 3, 3, 3)
_HUGE = {
    "W1": 1000 * np.eye(2),
    "b1": np.zeros(2),
    "W2": np.array([[1.0, -1.0], [0.0, 1.0]]),
    "b2": np.ones(2),
}
exercise = Exercise(
    mlp_forward,
    tags=("network", "state"),
    difficulty="medium",
    minutes=15,
    after=("relu", "softmax", "matrix_multiply"),
    inputs=drawn(_draw)
    .also(
        all_sizes_three=call(np.array([[1.0, -0.5, 2.0], [0.5, 0.25, -1.0], [-2.0, 1.0, 0.0]]), _THREE),
        integers=call(np.array([[1, -2, 3], [0, 4, -1]]), _THREE),
        one_sample=call(np.array([[1.5, -1.0, 0.5]]), _THREE),
    )
    .only(huge_scores=call(np.array([[1.0, 0.5], [-1.0, 2.0]]), _HUGE)),
    checks=(
        checks.matches_shape().named("Returns P and a cache with the keys X, Z1, A1 and P"),
        checks.items_match(0).worth(3).named("The probabilities are right"),
        checks.items_match(1).worth(2).named("The cache is right"),
        checks.items_match(0).on("huge scores").named("Right for scores as large as 1000"),
        checks.does_not_mutate(),
    ),
    hints=(
        "Follow the shapes: (n, d), (n, h), (n, h), (n, k), (n, k).",
        "A bias of shape (h,) is added to every row by broadcasting.",
        "The softmax needs its shift by each row's maximum, with keepdims=True.",
        "Z1 is kept from before the ReLU, A1 from after it.",
    ),
    formula=r"P = \operatorname{softmax}\bigl(\operatorname{relu}(X W_1 + b_1) W_2 + b_2\bigr)",
    condition=lambda X, params: 50 * (1 + np.abs(X).max()) * max(1, np.abs(params["W1"]).max()),
    oracle=_exact,
    equivalents={
        "A1 = np.maximum(Z1, 0)": "The larger of two numbers, in any order.",
    },
)


def _network(X, params, *, relu=lambda z: np.maximum(0, z), axis=1, shift=True, probabilities=True):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = relu(Z1)
    P = A1 @ params["W2"] + params["b2"]
    if probabilities:
        exp = np.exp(P - P.max(axis=axis, keepdims=True) * shift)
        P = exp / exp.sum(axis=axis, keepdims=True)
    return P, {"X": X, "Z1": Z1, "A1": A1, "P": P}


@exercise.mistake(caught_by="items_match_the_probabilities_are_right")
def no_hidden_activation(X, params):
    """The ReLU between the layers is missing. Without it two layers are no more than one."""
    return _network(X, params, relu=lambda z: z)


@exercise.mistake(caught_by="items_match_the_probabilities_are_right")
def sigmoid_inside(X, params):
    """The hidden layer has a sigmoid. In this exercise it has a ReLU."""
    return _network(X, params, relu=lambda z: 1 / (1 + np.exp(-z)))


@exercise.mistake(caught_by="items_match_the_probabilities_are_right")
def scores_for_probabilities(X, params):
    """These are the scores of the last layer. Their softmax is still missing."""
    return _network(X, params, probabilities=False)


@exercise.mistake(caught_by="items_match_the_probabilities_are_right")
def columns(X, params):
    """The softmax runs down the columns. Samples are rows: axis 1."""
    return _network(X, params, axis=0)


@exercise.mistake(caught_by="items_match_right_for_scores_as_large_as_1000")
def no_shift(X, params):
    """np.exp overflows above 709: subtract each row's maximum first."""
    return _network(X, params, shift=False)


@exercise.mistake(caught_by="items_match_the_probabilities_are_right")
def relu_at_the_end(X, params):
    """A ReLU was applied to the last scores too. They go into the softmax as they are."""
    Z2 = np.maximum(0, np.maximum(0, X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"])
    _, cache = _network(X, params)
    exp = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    P = exp / exp.sum(axis=1, keepdims=True)
    return P, {**cache, "P": P}


@exercise.mistake(caught_by="items_match_the_probabilities_are_right")
def biases_forgotten(X, params):
    """The biases are missing: add b1 and b2."""
    return _network(X, {**params, "b1": 0 * params["b1"], "b2": 0 * params["b2"]})


@exercise.mistake(caught_by="items_match_the_cache_is_right")
def activation_kept_twice(X, params):
    """Z1 in the cache is the output of the ReLU. Keep what goes into it: the way back asks for its sign."""
    P, cache = _network(X, params)
    return P, {**cache, "Z1": cache["A1"]}


@exercise.mistake(caught_by=checks.matches_shape)
def cache_left_out(X, params):
    """Only the probabilities came back. Return (P, cache)."""
    return _network(X, params)[0]


@exercise.mistake(caught_by=checks.does_not_mutate)
def kept_in_the_parameters(X, params):
    """The cache was put into params, which belong to the caller. Make a dict of your own."""
    P, cache = _network(X, params)
    params.update(Z1=cache["Z1"], A1=cache["A1"])
    return P, cache


@exercise.mistake(caught_by="items_match_the_probabilities_are_right")
def sum_of_the_whole_matrix(X, params):
    """All probabilities sum to 1 together. Each row has its own sum: axis=1, keepdims=True."""
    P, cache = _network(X, params)
    Z2 = cache["A1"] @ params["W2"] + params["b2"]
    exp = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    P = exp / exp.sum()
    return P, {**cache, "P": P}
