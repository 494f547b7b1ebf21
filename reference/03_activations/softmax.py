"""Softmax: turn scores into probabilities."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def softmax(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the softmax of each row of `Z`.

    Args:
        Z: scores, shape (n_samples, n_classes), integers and float32 too; may be huge (np.exp(1000)
            overflows, yet the answer is finite).

    Returns:
        Probabilities of the same shape; each row sums to 1.

    >>> softmax(np.array([[0.0, 0.0]]))
    array([[0.5, 0.5]])
    """
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


exercise = Exercise(
    softmax,
    tags=("broadcasting", "stability"),
    difficulty="medium",
    minutes=15,
    inputs=arrays(ndim=2, low=-20, high=20).also(steps=np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])),
    checks=(
        checks.preserves_shape(),
        checks.within(0, 1),
        checks.sums_to_one(axis=-1).named("Each row sums to 1"),
        checks.shift_invariant(5.0),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).worth(3),
        checks.no_warnings(),
    ),
    hints=(
        "How does softmax(x + c) compare with softmax(x)?",
        "Which c makes every exponent at most zero?",
        "Subtract each row's own maximum; keepdims=True keeps its shape ready for broadcasting.",
    ),
    formula=r"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
    condition=lambda Z: 2 * np.abs(Z).max(axis=1, keepdims=True),
    oracle=lambda m, Z: m.exp(Z) / m.exp(Z).sum(axis=1, keepdims=True),
)


@exercise.mistake(caught_by=checks.stable_at)
def no_shift(Z):
    """np.exp overflows above 709: subtract each row's maximum first."""
    exp = np.exp(Z)
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.stable_at)
def global_maximum(Z):
    """Other rows lie far below the whole array's maximum and become 0 / 0. Subtract each row's own."""
    exp = np.exp(Z - Z.max())
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.stable_at)
def row_minimum(Z):
    """Subtracting the minimum leaves exponents that are large and positive. Subtract the maximum."""
    exp = np.exp(Z - Z.min(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.stable_at)
def half_the_maximum(Z):
    """Half of the maximum still leaves exponents up to its other half. Subtract all of it."""
    exp = np.exp(Z - Z.max(axis=1, keepdims=True) / 2)
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.stable_at)
def row_mean(Z):
    """The mean can lie far below the largest score. Subtract the maximum."""
    exp = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.matches_reference)
def sign_turned(Z):
    """The largest score got the smallest probability: check the sign in np.exp."""
    exp = np.exp(-(Z - Z.min(axis=1, keepdims=True)))
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.sums_to_one)
def columns(Z):
    """The columns sum to 1, the rows do not. The classes are along axis 1."""
    exp = np.exp(Z - Z.max(axis=0, keepdims=True))
    return exp / exp.sum(axis=0, keepdims=True)


@exercise.mistake(caught_by=checks.sums_to_one)
def whole_array(Z):
    """The whole array sums to 1. Divide each row by its own sum: axis=1 and keepdims=True."""
    exp = np.exp(Z - Z.max())
    return exp / exp.sum()


@exercise.mistake(caught_by=checks.sums_to_one)
def keepdims_forgotten(Z):
    """Row sums of shape (n,) may be read as one for each column. keepdims=True gives (n, 1)."""
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1)


@exercise.mistake(caught_by=checks.sums_to_one)
def not_divided(Z):
    """These are exponentials, not yet probabilities: divide each row by its sum."""
    return np.exp(Z - Z.max(axis=1, keepdims=True))


@exercise.mistake(caught_by=checks.sums_to_one)
def whole_array_without_shift(Z):
    """The whole array sums to 1, and large scores overflow. Shift and divide each row by its own: axis=1."""
    return np.exp(Z) / np.sum(np.exp(Z))


@exercise.mistake(caught_by=checks.sums_to_one)
def sums_of_columns(Z):
    """The shift is each row's, but you may divide by the sums of the columns. Sum along axis 1 too."""
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=0, keepdims=True)


@exercise.mistake(caught_by=checks.sums_to_one)
def whole_sum(Z):
    """The shift is each row's, but all rows are divided by one sum. Each row has its own: axis=1."""
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return exp / exp.sum()


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(Z):
    """The caller's scores were changed, as by `Z -= …`. Write Z = Z - …, which makes a new one."""
    if Z.dtype.kind == "f":
        Z -= Z.max(axis=1, keepdims=True)
    else:
        Z = Z - Z.max(axis=1, keepdims=True)
    exp = np.exp(Z)
    return exp / exp.sum(axis=1, keepdims=True)
