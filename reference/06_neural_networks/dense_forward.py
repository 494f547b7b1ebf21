"""Dense layer forwards: a matrix, a bias, one column a sample."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks, together


def dense_forward(
    A_prev: NDArray[np.floating], W: NDArray[np.floating], b: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Return the scores W A_prev + b of a dense layer. Samples are columns here.

    Args:
        A_prev: outputs of the layer before, shape (k_prev, m): one column for each of m samples; integers
            too.
        W: weights, shape (k, k_prev): one row for each unit of this layer.
        b: biases, shape (k, 1).

    Returns:
        Scores, shape (k, m), without an activation.

    >>> dense_forward(np.array([[1.0], [2.0]]), np.array([[3.0, 4.0]]), np.array([[0.5]]))
    array([[11.5]])
    """
    return W @ A_prev + b


exercise = Exercise(
    dense_forward,
    tags=("layer", "matrix"),
    difficulty="easy",
    minutes=5,
    after=("matrix_multiply",),
    inputs=together(
        arrays("i m", low=-2, high=2), arrays("k i", low=-2, high=2), arrays("k 1", low=-1, high=1)
    ),
    checks=(
        checks.matches_shape().named("The output has shape (k, m)"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Write the shapes side by side: which product of (k, k_prev) and (k_prev, m) gives (k, m)?",
        "* multiplies entry by entry; @ is the matrix product.",
        "b of shape (k, 1) is added to every column by broadcasting, as long as it keeps its shape.",
    ),
    formula=r"Z = W A_{\text{prev}} + b",
    condition=lambda A, W, b: len(A) * (np.abs(W) @ np.abs(A) + np.abs(b)),
    oracle=lambda m, A, W, b: np.array(
        [[sum(row * column) + bias for column in A.T] for row, bias in zip(W, b[:, 0], strict=True)]
    ),
)


@exercise.mistake(caught_by=checks.matches_reference)
def bias_forgotten(A_prev, W, b):
    """The bias is missing: add b."""
    return W @ A_prev


@exercise.mistake(caught_by=checks.matches_reference)
def bias_flattened(A_prev, W, b):
    """A flat b is added along the samples, not along the units. Keep its shape (k, 1)."""
    return W @ A_prev + b.ravel()


@exercise.mistake(caught_by=checks.matches_reference)
def order_turned(A_prev, W, b):
    """The factors may be swapped, which mixes samples if it fits at all. Weights stand left: W @ A_prev."""
    return A_prev @ W + b


@exercise.mistake(caught_by=checks.matches_reference)
def entry_by_entry(A_prev, W, b):
    """W and A_prev may be multiplied entry by entry. The matrix product is W @ A_prev."""
    return W * A_prev + b


@exercise.mistake(caught_by=checks.matches_reference)
def weights_transposed(A_prev, W, b):
    """W was transposed. It has one row for each unit already: W @ A_prev."""
    return W.T @ A_prev + b


@exercise.mistake(caught_by=checks.matches_shape)
def samples_in_rows(A_prev, W, b):
    """The output has samples in rows. In this exercise they are columns: shape (k, m)."""
    return (W @ A_prev + b).T


@exercise.mistake(caught_by=checks.matches_reference)
def activated(A_prev, W, b):
    """An activation was applied. Return the scores as they are."""
    return np.maximum(0, W @ A_prev + b)


@exercise.mistake(caught_by=checks.matches_reference)
def bias_subtracted(A_prev, W, b):
    """The bias was subtracted. It is added."""
    return W @ A_prev - b
