"""Unit norm: keep the direction, make the length 1."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def l2_normalize(A: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return `A` divided by its Frobenius norm, the root of the sum of the squares of all entries.

    Args:
        A: numbers of any shape, integers too; the whole array has one norm. It is not changed.

    Returns:
        Floating-point numbers in the shape of `A`, whose squares sum to 1; an array of zeros stays zero.
        A small number added to the norm, at most 1e-8, is fine. np.linalg may be used.

    >>> l2_normalize(np.array([3.0, -4.0]))
    array([ 0.6, -0.8])
    """
    norm = np.sqrt(np.sum(np.square(A)))
    return A / norm if norm > 0 else np.zeros(np.shape(A))


def _condition(A):
    # 2.5e7 units of roundoff are the 1e-8 that the text allows beside the norm.
    squares = np.sum(np.square(A, dtype=float))
    return np.size(A) + 2.5e7 * np.abs(A) / (squares or 1)


def _exact(m, A):
    return A / (m.sqrt(sum(m.mpf(np.ravel(A)) ** 2)) or m.mpf(1))


exercise = Exercise(
    l2_normalize,
    tags=("norm", "broadcasting"),
    difficulty="easy",
    minutes=10,
    after=("frobenius_norm",),
    inputs=arrays(low=-5, high=5).also(
        shorter_than_one=np.array([0.3, -0.4]),
        three_four=np.array([3.0, -4.0]),
        whole_matrix=np.array([[1.0, 2.0], [2.0, 4.0]]),
        zeros=np.zeros((2, 2)),
        integer_zeros=np.array([0, 0, 0]),
    ),
    checks=(
        checks.preserves_shape(),
        checks.returns_floats(),
        checks.within(-1, 1),
        checks.finite().named("Stays finite for zeros"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "What is the norm of (3, -4), and what becomes of its entries?",
        "One number divides the whole array, whatever its shape: no axis.",
        "Ask whether the norm is 0 before you divide by it.",
    ),
    formula=r"\hat A = A / \|A\|_F",
    condition=_condition,
    oracle=_exact,
)


@exercise.mistake(caught_by=checks.finite)
def zero_divided(A):
    """An array of zeros has norm 0, and 0/0 is nan. Leave it as it is."""
    return A / np.sqrt(np.sum(np.square(A)))


@exercise.mistake(caught_by=checks.matches_reference)
def root_forgotten(A):
    """The array was divided by the square of its norm. Take the root of the sum first."""
    return A / (np.sum(np.square(A)) or 1)


@exercise.mistake(caught_by=checks.matches_reference)
def each_row(A):
    """Each row was given length 1 on its own. Here the whole array has one norm: no axis."""
    norms = np.sqrt(np.sum(np.square(A), axis=-1, keepdims=np.ndim(A) > 0))
    return A / np.where(norms > 0, norms, 1)


@exercise.mistake(caught_by=checks.matches_reference)
def absolute_sum(A):
    """The array was divided by the sum of its absolute values, the L1 norm. Use squares and a root."""
    return A / (np.sum(np.abs(A)) or 1)


@exercise.mistake(caught_by=checks.matches_reference)
def largest_entry(A):
    """The largest entry became 1. Divide by the norm, so that the squares sum to 1."""
    return A / (np.max(np.abs(A)) or 1)


@exercise.mistake(caught_by=checks.matches_reference)
def guard_added(A):
    """A large number added to the norm makes every result too short. Treat the norm 0 on its own."""
    return A / (np.sqrt(np.sum(np.square(A))) + 1e-3)


@exercise.mistake(caught_by=checks.returns_floats)
def zeros_as_they_came(A):
    """Zeros given as integers came back as integers. Make an array of floats, as np.zeros(A.shape) does."""
    norm = np.sqrt(np.sum(np.square(A)))
    return A / norm if norm > 0 else np.array(A)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(A):
    """The caller's array changed. Return A / norm, which makes a new one; A /= norm does not."""
    norm = np.sqrt(np.sum(np.square(A)))
    if norm > 0:
        A /= norm
    return A * 1.0
