"""Covariance matrix: how columns vary together."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def covariance_matrix(X: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the sample covariance matrix of the columns of `X`.

    Args:
        X: observations in rows, variables in columns, shape (n, d) with n at least 2; integers too; not
            changed.

    Returns:
        Matrix of shape (d, d), also for d = 1: entry (i, j) is the sum, over the rows, of the products of
        the distances of columns i and j from their means, divided by n - 1. Work by hand:
        np.cov earns nothing.

    >>> covariance_matrix(np.array([[1.0, 5.0], [2.0, 1.0], [3.0, 3.0]]))
    array([[ 1., -1.],
           [-1.,  4.]])
    """
    centred = X - np.mean(X, axis=0)
    return centred.T @ centred / (len(X) - 1)


def _draw(rng):
    return call(np.round(rng.uniform(-5, 5, size=(rng.integers(2, 8), rng.integers(1, 5))), 2))


def _exact(m, X):
    """Return the mean over all pairs of rows, which needs no mean of the columns."""
    X, n = m.mpf(X), len(X)
    return sum(np.outer(a - b, a - b) for a, b in combinations(X, 2)) / (n * (n - 1))


exercise = Exercise(
    covariance_matrix,
    tags=("statistics", "matrix"),
    difficulty="easy",
    minutes=10,
    after=("variance",),
    inputs=drawn(_draw).also(
        integers=np.array([[1, 0, 2], [4, -1, 2], [0, 3, 7], [2, 2, 1]]),
        two_columns=np.array([[1.0, 5.0], [2.0, 1.0], [3.0, 3.0]]),
        one_column=np.array([[1.0], [4.0], [7.0]]),
        square=np.array([[1.0, 2.0], [3.0, 8.0]]),
        constant_column=np.array([[1.0, 2.0], [3.0, 2.0], [8.0, 2.0]]),
    ),
    checks=(
        checks.matches_shape().named("The output has shape (d, d)"),
        checks.symmetric_matrix(),
        checks.forbids_calls("numpy.cov").named("Works without np.cov"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
    ),
    hints=(
        "On the diagonal stand the variances. What stands beside it, for columns that rise together?",
        "Subtract from each column its own mean first: axis=0.",
        "Entry (i, j) is a sum of products over the rows: a matrix product of the centred X with itself.",
    ),
    formula=r"C = \frac{1}{n - 1} (X - \bar X)^{\mathsf T} (X - \bar X)",
    condition=lambda X: 16 * len(X) * np.max(np.abs(X)) ** 2,
    oracle=_exact,
)


@exercise.mistake(caught_by=checks.matches_reference)
def population(X):
    """The products were divided by n. The covariance of a sample divides by n - 1."""
    centred = X - np.mean(X, axis=0)
    return centred.T @ centred / len(X)


@exercise.mistake(caught_by=checks.matches_shape)
def rows_as_variables(X):
    """The rows were taken for the variables, and the answer is n by n. Here variables are columns."""
    centred = X - np.mean(X, axis=1, keepdims=True)
    return centred @ centred.T / max(X.shape[1] - 1, 1)


@exercise.mistake(caught_by=checks.matches_reference)
def not_centred(X):
    """The columns were not centred. Subtract from each its own mean first."""
    return X.T @ X / (len(X) - 1)


@exercise.mistake(caught_by=checks.matches_reference)
def one_mean_for_all(X):
    """One mean of the whole matrix was subtracted. Each column has its own: axis=0."""
    centred = X - np.mean(X)
    return centred.T @ centred / (len(X) - 1)


@exercise.mistake(caught_by=checks.matches_reference)
def correlations(X):
    """The columns were divided by their spread: these are correlations. Leave the units in."""
    centred = X - np.mean(X, axis=0)
    spread = np.sqrt(np.sum(np.square(centred), axis=0))
    scaled = centred / np.where(spread > 0, spread, 1)
    return scaled.T @ scaled


@exercise.mistake(caught_by=checks.matches_reference)
def variances_alone(X):
    """Beside the diagonal everything is 0. Two columns can vary together: fill all entries."""
    return np.diag(np.sum(np.square(X - np.mean(X, axis=0)), axis=0) / (len(X) - 1))


@exercise.mistake(caught_by=checks.symmetric_matrix)
def one_side_centred(X):
    """One factor has the means of the rows subtracted. Both need the means of the columns."""
    centred = X - np.mean(X, axis=0)
    return (X - np.mean(X, axis=1, keepdims=True)).T @ centred / (len(X) - 1)


@exercise.mistake(caught_by=checks.does_not_mutate)
def centred_in_place(X):
    """The caller's data changed. Centre into a new array: X - mean, not X -= mean."""
    X -= np.mean(X, axis=0)
    return X.T @ X / (len(X) - 1)


@exercise.mistake(caught_by=checks.forbids_calls)
def ready_made(X):
    """np.cov does the work here. Write it as a matrix product."""
    return np.cov(X, rowvar=False).reshape(X.shape[1], X.shape[1])


@exercise.mistake(caught_by=checks.matches_shape)
def transposed_on_the_right(X):
    """The centred X was multiplied by its transpose: n by n. Transpose the left factor instead."""
    centred = X - np.mean(X, axis=0)
    return centred @ centred.T / (len(X) - 1)
