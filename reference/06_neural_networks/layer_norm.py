"""Layer normalization: each sample by itself."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def layer_norm(
    X: NDArray[np.floating], gamma: NDArray[np.floating], beta: NDArray[np.floating], eps: float = 1e-5
) -> NDArray[np.floating]:
    """Return gamma * (x - mean) / sqrt(variance + eps) + beta for each row x of `X`.

    Mean and variance are those of the row; the variance is the population's, divided by d.

    Args:
        X: one row a sample, shape (n, d); the numbers may be as large as 1e6 and differ only a
            little. A row may be constant.
        gamma: scale of each column, shape (d,).
        beta: shift of each column, shape (d,).
        eps: added to the variance, under the root.

    Returns:
        An array in the shape of `X`.

    >>> layer_norm(np.array([[1.0, 3.0]]), np.array([2.0, 2.0]), np.array([0.0, 1.0]), eps=0.0)
    array([[-2.,  3.]])
    """
    centred = X - X.mean(axis=1, keepdims=True)
    variance = np.mean(centred**2, axis=1, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta


_GAMMA, _BETA = np.array([1.5, -0.5, 2.0]), np.array([0.25, 1.0, -1.0])


def _condition(X, gamma, beta, eps=1e-5):
    spread = np.sqrt(X.var(axis=1, keepdims=True) + eps)
    return 20 * np.abs(gamma) * (1 + X.shape[1] * np.abs(X).max() / spread)


def _exact(m, X, gamma, beta, eps=1e-5):
    """Return the variance as the mean of the squares less the square of the mean; 80 digits bear it."""
    rows = []
    for x in m.mpf(X):
        mean = sum(x) / len(x)
        rows.append(gamma * (x - mean) / m.sqrt(sum(x**2) / len(x) - mean**2 + eps) + beta)
    return np.array(rows)


exercise = Exercise(
    layer_norm,
    tags=("network", "normalization", "broadcasting", "keyword"),
    difficulty="easy",
    minutes=10,
    after=("batch_norm_forward",),
    inputs=together(arrays("n d", low=-3, high=3), arrays("d", low=-2, high=2), arrays("d", low=-2, high=2))
    .also(
        square=call(np.array([[1.0, 2.0, 4.0], [0.0, -1.0, 5.0], [2.0, 2.5, 3.5]]), _GAMMA, _BETA),
        large_epsilon=call(np.array([[1.0, 2.0, 4.0], [0.0, -1.0, 5.0]]), _GAMMA, _BETA, eps=0.5),
    )
    .only(
        constant_row=call(np.array([[2.0, 2.0, 2.0], [1.0, 2.0, 3.0]]), _GAMMA, _BETA),
        large_numbers=call(
            1e6 + np.array([[1.0, 2.0, 4.0], [0.0, -0.5, 0.25], [3.0, 1.0, 2.0]]), _GAMMA, _BETA
        ),
    ),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.matches_reference().on("large epsilon").named("Right for eps = 0.5"),
        checks.matches_reference().on("constant row").named("Right for a constant row"),
        checks.matches_reference().on("large numbers").named("Right for numbers about 1e6"),
    ),
    hints=(
        "Which axis runs along one sample? keepdims=True lets its mean fit back under the rows.",
        "At 1e6 the squares are 1e12, and small differences drown: subtract the mean before you square.",
        "eps keeps a constant row from 0 / 0: it stands under the root, beside the variance.",
    ),
    formula=r"y = \gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta",
    scale=2.0,
    condition=_condition,
    oracle=_exact,
)


def _normalized(X, gamma, beta, eps=1e-5, *, axis=1, ddof=0, root=lambda var, eps: np.sqrt(var + eps)):
    centred = X - X.mean(axis=axis, keepdims=True)
    return gamma * centred / root(X.var(axis=axis, ddof=ddof, keepdims=True), eps) + beta


@exercise.mistake(caught_by=checks.matches_reference)
def columns(*args, **options):
    """Each column was normalized, as in batch normalization. Here each row is: axis 1."""
    return _normalized(*args, **options, axis=0)


@exercise.mistake(caught_by=checks.matches_reference)
def whole_array(*args, **options):
    """Mean and variance of the whole array were used. Each row has its own: axis=1, keepdims=True."""
    return _normalized(*args, **options, axis=None)


@exercise.mistake(caught_by=checks.matches_reference)
def sample_variance(X, *rest, **options):
    """The variance was divided by d - 1. Divide by d."""
    return _normalized(X, *rest, **options, ddof=1)


@exercise.mistake(caught_by="matches_reference_right_for_eps_0_5")
def epsilon_outside(*args, **options):
    """eps was added to the root. It belongs under it: sqrt(variance + eps)."""
    return _normalized(*args, **options, root=lambda var, eps: np.sqrt(var) + eps)


@exercise.mistake(caught_by="matches_reference_right_for_a_constant_row")
def no_epsilon(*args, **options):
    """eps is missing: a constant row is then 0 / 0, which is nan."""
    return _normalized(*args, **options, root=lambda var, eps: np.sqrt(var))


@exercise.mistake(caught_by="matches_reference_right_for_eps_0_5")
def fixed_epsilon(X, gamma, beta, eps=1e-5):
    """eps is always 1e-5, whatever is passed. Use the parameter."""
    return layer_norm(X, gamma, beta)


@exercise.mistake(caught_by="matches_reference_right_for_numbers_about_1e6")
def difference_of_squares(X, gamma, beta, eps=1e-5):
    """mean(x^2) - mean(x)^2 loses its digits at 1e6. Subtract the mean first, then square."""
    mean = X.mean(axis=1, keepdims=True)
    variance = (np.asarray(X, dtype=float) ** 2).mean(axis=1, keepdims=True) - mean**2
    return gamma * (X - mean) / np.sqrt(variance + eps) + beta


@exercise.mistake(caught_by=checks.matches_reference)
def no_scale_and_shift(X, gamma, beta, eps=1e-5):
    """gamma and beta are not used: scale and shift the normalized row."""
    return layer_norm(X, np.ones(len(gamma)), np.zeros(len(beta)), eps)


@exercise.mistake(caught_by=checks.matches_reference)
def variance_for_spread(*args, **options):
    """The root is missing: divide by sqrt(variance + eps)."""
    return _normalized(*args, **options, root=lambda var, eps: var + eps)


@exercise.mistake(caught_by=checks.matches_reference)
def shift_before_scale(X, gamma, beta, eps=1e-5):
    """beta was added before the scaling. First gamma times the normalized row, then plus beta."""
    return gamma * (layer_norm(X, np.ones(len(gamma)), np.zeros(len(beta)), eps) + beta)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(X, gamma, beta, eps=1e-5):
    """The caller's array changed. Centre into a new one: X - mean, not X -= mean."""
    X -= X.mean(axis=1, keepdims=True)
    return gamma * X / np.sqrt((X**2).mean(axis=1, keepdims=True) + eps) + beta
