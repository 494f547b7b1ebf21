"""Dense layer backwards: three gradients from one."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks, together


def dense_backward(
    dZ: NDArray[np.floating], A_prev: NDArray[np.floating], W: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients of a loss with respect to input, weights and biases of Z = W A_prev + b.

    Args:
        dZ: gradient with respect to Z, shape (k, m): one column for each of m samples.
        A_prev: outputs of the layer before, shape (k_prev, m).
        W: weights, shape (k, k_prev).

    Returns:
        A tuple (dA_prev, dW, db) in the shapes of A_prev, W and b, which is (k, 1). dW and db are sums over
        the samples: a factor 1/m, if the loss has one, is in dZ already.

    >>> dA_prev, dW, db = dense_backward(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]), np.array([[5.0]]))
    >>> dA_prev, dW, db
    (array([[ 5., 10.]]), array([[11.]]), array([[3.]]))
    """
    return W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)


def _loss(dZ, A_prev, W):
    return np.sum(dZ * (W @ A_prev))


def _exact(m, dZ, A_prev, W):
    """Return the sums over the samples, each with its own outer product."""
    dZ, A_prev = m.mpf(dZ), m.mpf(A_prev)
    dA = np.array([sum(row * dz for row, dz in zip(W, column, strict=True)) for column in dZ.T]).T
    return dA, sum(np.outer(dz, a) for dz, a in zip(dZ.T, A_prev.T, strict=True)), sum(dZ.T)[:, None]


exercise = Exercise(
    dense_backward,
    tags=("layer", "backward", "derivative"),
    difficulty="medium",
    minutes=15,
    after=("dense_forward",),
    inputs=together(
        arrays("k m", low=-2, high=2), arrays("i m", low=-2, high=2), arrays("k i", low=-2, high=2)
    ),
    checks=(
        checks.matches_shape().named("Returns gradients in the shapes of A_prev, W and b"),
        checks.gradient_matches(_loss, wrt=("A_prev", "W")).worth(2),
        checks.items_match(2).worth(2).named("db adds up the samples and keeps its column"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Each gradient has the shape of what it belongs to: that leaves one way to multiply.",
        "Take one entry: how does Z[i, s] change with W[i, j]? By A_prev[j, s]. Then add over the samples s.",
        "The same b is added in every column, so its gradient is the sum along axis 1; keepdims=True.",
    ),
    formula=r"dA_{\text{prev}} = W^{\mathsf T} dZ, \quad dW = dZ\, A_{\text{prev}}^{\mathsf T}",
    condition=lambda dZ, A, W: 100.0,
    oracle=_exact,
)


def _sum(dZ):
    return dZ.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.gradient_matches)
def mean_over_samples(dZ, A_prev, W):
    """dW and db were divided by m. In this exercise they are sums; the 1/m of the loss is in dZ already."""
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, _sum(dZ) / m


@exercise.mistake(caught_by=checks.matches_shape)
def bias_without_column(dZ, A_prev, W):
    """db has shape (k,). Keep the column with keepdims=True: later (k,) would be added along the samples."""
    return W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=1)


@exercise.mistake(caught_by=checks.items_match)
def bias_over_units(dZ, A_prev, W):
    """db was summed over the units. There is one bias for each unit: sum over the samples, axis 1."""
    return W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=0, keepdims=True).T


@exercise.mistake(caught_by=checks.matches_shape)
def bias_not_summed(dZ, A_prev, W):
    """db has an entry for every sample. They share one bias: add them up."""
    return W.T @ dZ, dZ @ A_prev.T, 1.0 * dZ


@exercise.mistake(caught_by=checks.gradient_matches)
def weights_not_transposed(dZ, A_prev, W):
    """dA_prev needs the transposed W: it goes back from k units to k_prev."""
    return W @ dZ, dZ @ A_prev.T, _sum(dZ)


@exercise.mistake(caught_by=checks.gradient_matches)
def weight_gradient_transposed(dZ, A_prev, W):
    """dW is transposed: in W each row is a unit, so it is dZ @ A_prev.T."""
    return W.T @ dZ, A_prev @ dZ.T, _sum(dZ)


@exercise.mistake(caught_by=checks.gradient_matches)
def order_of_the_tuple(dZ, A_prev, W):
    """dW came first. Return (dA_prev, dW, db)."""
    return dZ @ A_prev.T, W.T @ dZ, _sum(dZ)


@exercise.mistake(caught_by=checks.gradient_matches)
def incoming_gradient_handed_on(dZ, A_prev, W):
    """dZ was handed on as it is. On its way back it passes the weights: W.T @ dZ."""
    return 1.0 * dZ, dZ @ A_prev.T, _sum(dZ)
