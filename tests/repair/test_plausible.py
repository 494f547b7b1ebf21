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
