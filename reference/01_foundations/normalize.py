"""Normalize: bring an array to mean 0 and standard deviation 1."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, checks


def normalize(X: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return `X` shifted and scaled so that the whole array has mean 0 and standard deviation 1.

    Args:
        X: numbers of any shape, integers too. Mean and standard deviation are each one number, taken over
            all elements (not one for each column, as in `standardize_columns`); the standard deviation is
            the population's (np.std as it is, ddof=0).

    Returns:
        (X - mean) / std in the shape of `X`; where std is 0, because all elements are equal, X - mean.
        A small number added to std, at most 1e-8, is fine. Equal elements whose std is rounded to
        something else than 0 (0.1 three times has 1e-17) are not asked for.

    >>> normalize(np.array([1.0, 3.0]))
    array([-1.,  1.])
    """
    centred = X - np.mean(X)
    spread = np.std(X)
    return centred / spread if spread > 0 else centred


def _condition(X):
    # 2.5e7 units of roundoff are the 1e-8 that the text allows beside the standard deviation.
    spread = np.std(X)
    return (2.5e7 * np.abs(X - np.mean(X)) / spread + 4 * np.abs(X).max()) / spread


def _exact(m, X):
    numbers = m.mpf(np.ravel(X))
    mean = sum(numbers) / len(numbers)
    spread = m.sqrt(sum((numbers - mean) ** 2) / len(numbers))
    return (X - mean) / (spread or 1)


exercise = Exercise(
    normalize,
    tags=("statistics", "broadcasting"),
    difficulty="easy",
    minutes=10,
    inputs=arrays(low=-10, high=10).also(
        steps=np.array([[1.0, 2.0, 3.0], [5.0, 7.0, 9.0]]),
        close_together=np.array([0.5, 0.6, 0.8]),
        constant=np.full((2, 2), 2.0),
    ),
    checks=(
        checks.preserves_shape(),
        checks.finite().named("Stays finite where all elements are equal"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Do it in two steps: first make the mean 0, then look at the spread.",
        "np.mean and np.std without an axis give one number for the whole array.",
        "When is the standard deviation 0? Decide that case before you divide.",
    ),
    formula=r"x' = \frac{x - \mu}{\sigma}, \quad \mu, \sigma \text{ over all elements}",
    condition=_condition,
    oracle=_exact,
)


@exercise.mistake(caught_by=checks.matches_reference)
def each_column(X):
    """Each column was normalized on its own. Here the whole array has one mean and one std: no axis."""
    return (X - np.mean(X, axis=0)) / (np.std(X, axis=0) + 1e-8)


@exercise.mistake(caught_by=checks.finite)
def no_guard(X):
    """If all elements are equal, std is 0 and 0 / 0 is nan. Return X - mean in that case."""
    return (X - np.mean(X)) / np.std(X)


@exercise.mistake(caught_by=checks.matches_reference)
def variance(X):
    """You divided by the variance, the square of the standard deviation. Divide by np.std."""
    spread = np.var(X)
    return (X - np.mean(X)) / (spread if spread > 0 else 1)


@exercise.mistake(caught_by=checks.matches_reference)
def sample_deviation(X):
    """ddof=1 may be used, which divides by n - 1. The population is asked for: np.std as it is."""
    spread = np.std(X, ddof=1)
    return X - np.mean(X) if spread == 0 else (X - np.mean(X)) / spread


@exercise.mistake(caught_by=checks.matches_reference)
def between_zero_and_one(X):
    """This maps the smallest element to 0 and the largest to 1. Mean 0 and std 1 are asked for."""
    span = np.max(X) - np.min(X)
    return (X - np.min(X)) / (span if span > 0 else 1)


@exercise.mistake(caught_by=checks.matches_reference)
def not_centred(X):
    """The mean was not subtracted. Do that before the division."""
    spread = np.std(X)
    return X / (spread if spread > 0 else 1)


@exercise.mistake(caught_by=checks.matches_reference)
def not_scaled(X):
    """The mean is 0, but the standard deviation is not yet 1: divide by it."""
    return X - np.mean(X)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(X):
    """The caller's array was changed, as by `X -= …`. Write X - …, which makes a new one."""
    spread = np.std(X)
    if isinstance(X, np.ndarray) and X.dtype.kind == "f":
        X -= np.mean(X)
    else:
        X = X - np.mean(X)
    return X / (spread if spread > 0 else 1)


@exercise.mistake(caught_by=checks.matches_reference)
def parentheses_forgotten(X):
    """X - mean / std divides the mean alone. Put the difference in parentheses: (X - mean) / std."""
    return X - np.mean(X) / (np.std(X) + 1e-8)
