"""Jacobian of softmax: how each score moves each probability."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def softmax_jacobian(z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the Jacobian matrix of softmax at one row of scores.

    Args:
        z: scores (logits, not probabilities) of one sample, shape (k,), integers too.

    Returns:
        Matrix of shape (k, k): row i, column j holds the derivative of probability i with respect to score j.

    >>> softmax_jacobian(np.array([0.0, 0.0]))
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    exp = np.exp(z - np.max(z))
    s = exp / exp.sum()
    return np.diag(s) - np.outer(s, s)


def _softmax_at(z):
    def softmax(x):
        exp = np.exp(x - x.max())
        return exp / exp.sum()

    return softmax, z


def _exact_jacobian(m, z):
    s = m.exp(z) / m.exp(z).sum()
    return np.diag(s) - np.outer(s, s)


exercise = Exercise(
    softmax_jacobian,
    tags=("derivative", "matrix"),
    difficulty="medium",
    minutes=20,
    after=("softmax",),
    inputs=arrays("k", low=-3, high=3).also(steps=np.array([1.0, 2.0, 3.0]), one_class=np.array([4.0])),
    checks=(
        checks.matches_shape().named("The output has shape (k, k)"),
        checks.symmetric_matrix(),
        checks.sums_to(0.0, axis=-1).named("Each row sums to 0"),
        checks.jacobian_matches(_softmax_at).worth(2),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Every probability depends on every score, so the answer has k times k entries.",
        "On the diagonal stands s_i(1 - s_i), elsewhere -s_i s_j.",
        "np.diag(s) and np.outer(s, s) together make the whole matrix; compute s from z first.",
    ),
    formula=r"J_{ij} = s_i\,(\delta_{ij} - s_j), \quad s = \operatorname{softmax}(z)",
    condition=lambda z: 2 * np.abs(z).max(),
    oracle=_exact_jacobian,
    equivalents={
        "exp = np.exp(z + np.max(z))": "A shift changes no probability, and no huge scores are promised.",
    },
)


@exercise.mistake(caught_by=checks.matches_shape)
def diagonal_alone(z):
    """s(1 - s) is the diagonal. Each probability depends on the other scores too: the answer is a matrix."""
    exp = np.exp(z - np.max(z))
    s = exp / exp.sum()
    return s * (1 - s)


@exercise.mistake(caught_by=checks.sums_to)
def only_the_diagonal_matrix(z):
    """The entries beside the diagonal are not 0: they are -s_i s_j."""
    exp = np.exp(z - np.max(z))
    s = exp / exp.sum()
    return np.diag(s * (1 - s))


@exercise.mistake(caught_by=checks.jacobian_matches)
def probabilities_expected(z):
    """z was used as probabilities. It holds scores: take their softmax first."""
    return np.diag(z) - np.outer(z, z)


@exercise.mistake(caught_by=checks.jacobian_matches)
def sign_of_the_product(z):
    """The outer product is subtracted, not added: raising one score lowers the other probabilities."""
    exp = np.exp(z - np.max(z))
    s = exp / exp.sum()
    return np.diag(s) + np.outer(s, s)


@exercise.mistake(caught_by=checks.symmetric_matrix)
def diagonal_by_broadcasting(z):
    """s - outer(s, s) subtracts from every entry of a row. Only the diagonal holds s: use np.diag(s)."""
    exp = np.exp(z - np.max(z))
    s = exp / exp.sum()
    return s - np.outer(s, s)


@exercise.mistake(caught_by=checks.sums_to)
def inner_product(z):
    """s @ s is one number. The outer product np.outer(s, s) has an entry for each pair of classes."""
    exp = np.exp(z - np.max(z))
    s = exp / exp.sum()
    return np.diag(s) - s @ s


@exercise.mistake(caught_by=checks.sums_to)
def minus_forgotten(z):
    """The entries beside the diagonal have the wrong sign: they are -s_i s_j."""
    exp = np.exp(z - np.max(z))
    s = exp / exp.sum()
    return np.diag(s * (1 - s)) + np.outer(s, s) - np.diag(s * s)
