"""Log-softmax: logarithms of probabilities that do not vanish."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def log_softmax(Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the natural logarithm of the softmax of each row of `Z`.

    Args:
        Z: scores, shape (n_samples, n_classes), integers too; may be huge: the answer is finite at
            1000 beside -1000, where the softmax itself is 0.

    Returns:
        Numbers at most 0, in the shape of `Z`.

    >>> log_softmax(np.array([[0.0, 0.0]]))
    array([[-0.69314718, -0.69314718]])
    """
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


exercise = Exercise(
    log_softmax,
    tags=("broadcasting", "stability"),
    difficulty="medium",
    minutes=15,
    after=("softmax",),
    inputs=arrays(ndim=2, low=-10, high=10).also(steps=np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])),
    checks=(
        checks.preserves_shape(),
        checks.shift_invariant(5.0),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.stable_at(1e3, -1e3).worth(3),
    ),
    hints=(
        "Write log(softmax) as a difference of two logarithms before you write code.",
        "log(e^z / sum) = z - log(sum); the first part needs no exponential at all.",
        "Subtract each row's maximum from Z first: then the sum is at least 1 and its logarithm is finite.",
    ),
    formula=r"\log \operatorname{softmax}(z)_i = z_i - \log \sum_j e^{z_j}",
    condition=lambda Z: 2 * np.abs(Z).max(axis=1, keepdims=True),
    oracle=lambda m, Z: Z - m.log(m.exp(Z).sum(axis=1, keepdims=True)),
)


@exercise.mistake(caught_by=checks.stable_at)
def log_of_softmax(Z):
    """Where the softmax is 0 its logarithm is -inf. Use z - log(sum), which never takes log(0)."""
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.log(exp / exp.sum(axis=1, keepdims=True))


@exercise.mistake(caught_by=checks.stable_at)
def no_shift(Z):
    """np.exp overflows above 709: subtract each row's maximum first."""
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


@exercise.mistake(caught_by=checks.matches_reference)
def base_ten(Z):
    """The logarithm may be to base 10, np.log10. The natural one is np.log."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log10(np.exp(shifted).sum(axis=1, keepdims=True))


@exercise.mistake(caught_by=checks.matches_reference)
def columns(Z):
    """The sum runs down the columns. The classes are along axis 1."""
    shifted = Z - Z.max(axis=0, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))


@exercise.mistake(caught_by=checks.matches_reference)
def maximum_alone(Z):
    """Only the maximum was subtracted; the logarithm of the sum is still missing."""
    return 1.0 * (Z - Z.max(axis=1, keepdims=True))


@exercise.mistake(caught_by=checks.matches_reference)
def softmax_itself(Z):
    """These are the probabilities. Return their logarithms."""
    exp = np.exp(Z - Z.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


@exercise.mistake(caught_by=checks.matches_reference)
def base_two(Z):
    """The logarithm may be to base 2, np.log2. The natural one is np.log."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log2(np.exp(shifted).sum(axis=1, keepdims=True))


@exercise.mistake(caught_by=checks.matches_reference)
def shifted_once(Z):
    """The maximum was subtracted inside the exponential alone. Subtract it from Z in front as well."""
    return Z - np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))
