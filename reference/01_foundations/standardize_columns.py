"""Standardize columns: every feature to mean 0 and standard deviation 1."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def standardize_columns(X: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return `X` with each column shifted and scaled to mean 0 and standard deviation 1.

    Args:
        X: samples in rows, features in columns, shape (n, d); integers too; n may be 1.

    Returns:
        (X - mean) / std, shape (n, d), with the mean and the standard deviation (ddof=0) of each column
        (not of the whole array, as in `normalize`).
        A column whose elements are all equal is centred only: it becomes 0. A small number added to
        std, at most 1e-8, is fine. Equal elements whose std is rounded to something else than 0
        (0.1 three times has 1e-17) are not asked for.

    >>> standardize_columns(np.array([[1.0, 5.0], [3.0, 5.0]]))
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _condition(X):
    # 2.5e7 units of roundoff are the 1e-8 that the text allows beside the standard deviation.
    spread = X.std(axis=0)
    return (2.5e7 * np.abs(X - X.mean(axis=0)) / spread + 4 * np.abs(X).max(axis=0)) / spread


def _exact(m, X):
    columns = [column - sum(column) / len(column) for column in m.mpf(X.T)]
    return np.array([c / (m.sqrt(sum(c**2) / len(c)) or 1) for c in columns]).T


exercise = Exercise(
    standardize_columns,
    tags=("statistics", "broadcasting"),
    difficulty="easy",
    minutes=10,
    after=("normalize",),
    inputs=arrays("n d", low=-10, high=10).also(
        three_scales=np.array([[1.0, 100.0, 0.1], [2.0, 300.0, 0.4], [6.0, 200.0, 0.2]]),
        constant_column=np.array([[1.0, 4.0, 0.0], [2.0, 4.0, 3.0], [4.0, 4.0, 1.0]]),
    ),
    checks=(
        checks.preserves_shape(),
        checks.finite().named("Stays finite where a column is constant"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Along which axis do you walk when you stay in one column?",
        "X.mean(axis=0) has shape (d,), one mean a column, and broadcasts against every row of X.",
        "np.where(spread > 0, spread, 1) leaves a constant column centred instead of 0 / 0.",
    ),
    formula=r"x'_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}",
    condition=_condition,
    oracle=_exact,
    equivalents={
        "return (X - X.mean(axis=0)) / np.where(spread > 0, spread, 2)": "0 / 2 is 0 as well.",
    },
)


@exercise.mistake(caught_by=checks.matches_reference)
def whole_array(X):
    """The whole array got one mean and one std. Each column has its own: axis=0."""
    spread = X.std()
    return (X - X.mean()) / (spread if spread > 0 else 1)


@exercise.mistake(caught_by=checks.matches_reference)
def each_row(X):
    """Each row was standardized. axis=0 walks down a column, axis=1 along a row."""
    spread = X.std(axis=1, keepdims=True)
    return (X - X.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)


@exercise.mistake(caught_by=checks.finite)
def no_guard(X):
    """A constant column has std 0, and 0 / 0 is nan. Divide such a column by 1."""
    return (X - X.mean(axis=0)) / X.std(axis=0)


@exercise.mistake(caught_by=checks.matches_reference)
def all_or_nothing(X):
    """One constant column kept all the others from being scaled. Decide for each column on its own."""
    spread = X.std(axis=0)
    return X - X.mean(axis=0) if (spread == 0).any() else (X - X.mean(axis=0)) / spread


@exercise.mistake(caught_by=checks.matches_reference)
def sample_deviation(X):
    """ddof=1 may be used, which divides by n - 1. The text asks for ddof=0."""
    spread = X.std(axis=0) if len(X) == 1 else X.std(axis=0, ddof=1)
    return (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)


@exercise.mistake(caught_by=checks.matches_reference)
def constant_not_centred(X):
    """A constant column was left as it is. Subtract its mean all the same: it becomes 0."""
    spread = X.std(axis=0)
    return np.where(spread > 0, (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1), X)


@exercise.mistake(caught_by=checks.matches_reference)
def large_epsilon(X):
    """The number added to std may be so large that it changes the result. Treat std = 0 apart instead."""
    return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-3)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(X):
    """The caller's array was changed: the columns may be written back into it. Make a new one."""
    spread = X.std(axis=0)
    if X.dtype.kind != "f":
        X = X.astype(float)
    X -= X.mean(axis=0)
    return X / np.where(spread > 0, spread, 1)


@exercise.mistake(caught_by=checks.matches_reference)
def one_question_for_all_columns(X):
    """`if std == 0` asks one question about many columns. np.where(std > 0, std, 1) asks for each."""
    mean, spread = X.mean(axis=0), X.std(axis=0)
    return X - mean if spread == 0 else (X - mean) / spread


@exercise.mistake(caught_by=checks.matches_reference)
def integer_output(X):
    """Integers gave whole numbers: np.zeros_like(X), for one, copies their dtype. Ask for floats."""
    spread = X.std(axis=0)
    out = np.zeros_like(X)
    out[:] = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return out
