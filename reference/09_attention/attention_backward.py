"""Attention backwards: gradients of queries, keys and values."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def attention_backward(
    dO: NDArray[np.floating], Q: NDArray[np.floating], K: NDArray[np.floating], V: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to queries, keys and values of attention without a mask.

    The forward pass is O = A V with A = softmax(S), row by row, and S = Q K^T / sqrt(d_k).

    Args:
        dO: gradient with respect to O, shape (n, d_v).
        Q: queries, shape (n, d_k).
        K: keys, shape (m, d_k).
        V: values, shape (m, d_v).

    Returns:
        A tuple (dQ, dK, dV) in the shapes of Q, K and V.

    >>> dO, Q, K, V = np.array([[1.0]]), np.array([[0.0]]), np.array([[1.0], [3.0]]), np.array([[2.0], [4.0]])
    >>> dQ, dK, dV = attention_backward(dO, Q, K, V)
    >>> dQ, dV
    (array([[1.]]), array([[0.5],
           [0.5]]))
    """
    root = np.sqrt(Q.shape[1])
    A = _softmax(Q @ K.T / root)
    dA = dO @ V.T
    dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) / root
    return dS @ K, dS.T @ Q, A.T @ dO


def _softmax(S):
    exp = np.exp(S - S.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


def _loss(dO, Q, K, V):
    return np.sum(dO * (_softmax(Q @ K.T / np.sqrt(Q.shape[1])) @ V))


def _exact(m, dO, Q, K, V):
    """Return the sums over queries and pairs of keys, with every entry of the softmax's Jacobian."""
    dQ, dK, dV = (np.zeros(M.shape, dtype=object) for M in (Q, K, V))
    root = m.sqrt(Q.shape[1])
    for i, q in enumerate(m.mpf(Q)):
        e = m.exp(np.array([sum(q * key) for key in K]) / root)
        a = e / sum(e)
        for j, k in np.ndindex(len(K), len(K)):
            dS = sum(dO[i] * V[k]) * a[k] * ((j == k) - a[j]) / root
            dQ[i], dK[j] = dQ[i] + dS * K[j], dK[j] + dS * q
        dV += np.outer(a, dO[i])
    return dQ, dK, dV


exercise = Exercise(
    attention_backward,
    tags=("attention", "backward", "derivative"),
    difficulty="hard",
    minutes=30,
    after=("scaled_dot_product_attention", "softmax_backward"),
    inputs=together(
        arrays("n v", low=-2, high=2),
        arrays("n d", low=-1, high=1),
        arrays("m d", low=-1, high=1),
        arrays("m v", low=-2, high=2),
    ).also(
        two_keys=call(
            np.array([[1.0, -1.0], [0.5, 2.0]]),
            np.array([[0.5, 1.0], [-1.0, 0.25]]),
            np.array([[1.0, 0.5], [0.25, -0.75]]),
            np.array([[2.0, 1.0], [-1.0, 3.0]]),
        )
    ),
    checks=(
        checks.matches_shape().named("Returns gradients in the shapes of Q, K and V"),
        checks.gradient_matches(_loss, wrt=("Q", "K", "V")).worth(4),
        checks.does_not_mutate(),
        checks.matches_reference().worth(5),
    ),
    hints=(
        "S, A and O lie between. Go back one at a time: dA and dV from dO, dS from dA, dQ and dK from dS.",
        "dA = dO @ V.T and dV = A.T @ dO, as for any matrix product.",
        "Through the softmax of a row: A times (dA less the row's sum of dA * A).",
        "The factor 1 / sqrt(d_k) of the scores comes back in dQ and dK, not in dV.",
    ),
    formula=r"dS = A \odot \bigl(dA - \textstyle\sum_j dA_{ij} A_{ij}\bigr), \quad dA = dO\, V^{\mathsf T}",
    scale=2.0,
    condition=lambda dO, Q, K, V: 2000.0,
    oracle=_exact,
)


def _back(dO, Q, K, V, *, through=None, forward=None, backward=None):
    root = np.sqrt(Q.shape[1])
    A = _softmax(Q @ K.T / (root if forward is None else forward))
    dA = dO @ V.T
    dS = A * (dA - (dA * A).sum(axis=1, keepdims=True)) if through is None else through(A, dA)
    dS = dS / (root if backward is None else backward)
    return dS @ K, dS.T @ Q, A.T @ dO


@exercise.mistake(caught_by=checks.gradient_matches)
def scale_not_carried_back(*args):
    """The factor 1 / sqrt(d_k) is missing in dQ and dK: the scores were divided by it on the way forward."""
    return _back(*args, backward=1)


@exercise.mistake(caught_by=checks.gradient_matches)
def never_scaled(*args):
    """The scores were not divided by sqrt(d_k), neither forward nor back."""
    return _back(*args, forward=1, backward=1)


@exercise.mistake(caught_by=checks.gradient_matches)
def scaled_by_width(Q, *args):
    """The gradients were divided by d_k. It is the root of d_k, as on the way forward."""
    return _back(Q, *args, backward=args[0].shape[1])


@exercise.mistake(caught_by=checks.gradient_matches)
def softmax_taken_for_itself(*args):
    """The gradient went past the softmax as if it were not there."""
    return _back(*args, through=lambda A, dA: dA)


@exercise.mistake(caught_by=checks.gradient_matches)
def diagonal_alone(*args):
    """A (1 - A) is the diagonal of the softmax's Jacobian. Each score moves all weights of its row."""
    return _back(*args, through=lambda A, dA: dA * A * (1 - A))


@exercise.mistake(caught_by=checks.gradient_matches)
def sum_forgotten(*args):
    """The row's sum of dA * A is missing: subtract it from dA before you multiply by A."""
    return _back(*args, through=lambda A, dA: dA * A)


@exercise.mistake(caught_by=checks.gradient_matches)
def sum_down_the_columns(*args):
    """The sum of dA * A runs down the columns. Each row is a softmax of its own: axis=1, keepdims=True."""
    return _back(*args, through=lambda A, dA: A * (dA - (dA * A).sum(axis=0, keepdims=True)))


@exercise.mistake(caught_by=checks.gradient_matches)
def queries_and_keys_swapped(dO, Q, K, V):
    """dQ and dK are swapped. Return (dQ, dK, dV), where dQ = dS @ K has a row for each query."""
    dQ, dK, dV = attention_backward(dO, Q, K, V)
    return dK, dQ, dV


@exercise.mistake(caught_by=checks.gradient_matches)
def key_scores_not_transposed(dO, Q, K, V):
    """dK needs the transposed dS: a key gathers from all queries, dS.T @ Q."""
    dQ, _, dV = attention_backward(dO, Q, K, V)
    A = _softmax(Q @ K.T / np.sqrt(Q.shape[1]))
    dA = dO @ V.T
    return dQ, A * (dA - (dA * A).sum(axis=1, keepdims=True)) / np.sqrt(Q.shape[1]) @ Q, dV


@exercise.mistake(caught_by=checks.gradient_matches)
def scores_for_weights(dO, Q, K, V):
    """dV was made with the scores. V was multiplied by the weights: A.T @ dO."""
    return *attention_backward(dO, Q, K, V)[:2], (Q @ K.T / np.sqrt(Q.shape[1])).T @ dO


@exercise.mistake(caught_by=checks.gradient_matches)
def weights_not_transposed(dO, Q, K, V):
    """dV may be A @ dO. Key j gathers from all queries, so the weights are transposed: A.T @ dO."""
    A = _softmax(Q @ K.T / np.sqrt(Q.shape[1]))
    return *attention_backward(dO, Q, K, V)[:2], A @ dO
