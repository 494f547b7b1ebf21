"""Dodges are no candidates: dead code, neutral numbers, negative lengths, the solution in place of all."""

from __future__ import annotations

import pytest

from grader.repair import donors
from grader.repair.candidates import Candidate, Candidates

from .conftest import code, task_of

DODGES = {
    "x / 1 for x / 2": ("mean", "def mean(x):\n    return sum(x) / 2", "return sum(x) / 1"),
    "n * 1 for n - 1": ("mean", "def mean(x):\n    return sum(x) / (len(x) - 1)", "(len(x) * 1)"),
    "max(-n, 1)": ("mean", "def mean(x):\n    return sum(x) / max(len(x), 1)", "max(-len(x), 1)"),
    "1 - n for n - 1": ("mean", "def mean(x):\n    return sum(x) / (len(x) - 1)", "(1 - len(x))"),
    "a constant condition": (
        "relu",
        "def relu(Z):\n    return np.where(Z > 0, Z, 0)",
        "np.where(0, ",
    ),
    "code after the return": (
        "relu",
        "def relu(Z):\n    Z = np.clip(Z, 0, 9)\n    return Z",
        "return Z\n    Z = np.clip(Z, 0, 9)",
    ),
    "a sum that skips nan": ("mean", "def mean(x):\n    return np.sum(x) / 2", "nansum"),
    "floats by a product": (
        "gradient_step",
        "def gradient_step(W, grad, lr):\n    V = np.copy(W)\n    V[...] = W - lr * grad\n    return V",
        "np.copy(W) * grad",
    ),
    "the size of something else": (
        "mse_gradient",
        "def mse_gradient(y_pred, y):\n    d = y_pred - y\n    return 2 * d ** 2 / len(y)",
        "np.size(2 * d ** 2)",
    ),
    "-0": ("relu", "def relu(Z):\n    return np.maximum(-1, Z)", "(-0,"),
    "as many rounds again": (
        "mean",
        "def mean(x):\n    return sum(x[i] for i in range(len(x) // 2))",
        "range(len(x) + 2)",
    ),
    "a quotient that is only compared": (
        "relu_derivative",
        "def relu_derivative(Z):\n    a = np.maximum(0, Z)\n    return a / Z",
        "(a / Z > 0, 1.0",
    ),
    "a mean of a length": (
        "dense_backward",
        "def dense_backward(dZ, A_prev, W):\n    m = A_prev.shape[1]\n    return dZ @ A_prev.T / m, W.T @ dZ",
        "m = A_prev.shape[1] / dZ.shape",
    ),
    "as many rounds as rows": (
        "relu",
        "def relu(Z):\n    for i in range(len(Z) // 2):\n        Z[i] = max(0, Z[i])\n    return Z",
        "range(len(Z))",
    ),
    "floats of floats": (
        "l2_normalize",
        "def l2_normalize(A):\n    n = np.sqrt(np.sum(A ** 2))\n    return A / n",
        "np.asarray(np.sqrt(",
    ),
    "another algorithm": (
        "pca_directions",
        "def pca_directions(X, k):\n    U, s, Vt = np.linalg.svd(X)\n    return Vt[:k]",
        "X = (X - ",
    ),
    "all that is asked as a part": (
        "relu",
        "def relu(Z):\n    active = Z > 0\n    return Z * active",
        "np.maximum(0, Z) * active",
    ),
    "the solution as a whole": (
        "softmax_cross_entropy_gradient",
        "def softmax_cross_entropy_gradient(Z, Y):\n    return Z",
        "return (np.exp",
    ),
}


@pytest.mark.parametrize("name", DODGES)
def test_a_dodge_is_no_candidate(name: str) -> None:
    slug, text, dodge = DODGES[name]
    its = code(slug, text)
    given = donors.of(task_of(slug).source, slug)
    found = Candidates(its, given).made(Candidate(its.texts), 10_000)
    assert len(found) > 5
    assert [c.texts for c in found if dodge in c.texts[0]] == []
