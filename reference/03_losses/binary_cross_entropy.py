"""Binary cross-entropy: the price of a probability for yes or no."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def binary_cross_entropy(A: NDArray[np.floating], y: NDArray[np.integer]) -> float:
    """Return the mean binary cross-entropy, with the natural logarithm.

    Args:
        A: predicted probabilities of class 1, from 0 to 1, both included; shape (n,) or (n, 1).
        y: true classes, 0 or 1, in the shape of `A`.

    Returns:
        One number: the mean of -(y log(A) + (1 - y) log(1 - A)). It is finite also where A is exactly
        0 or 1: if every prediction is certain and wrong it is between 15 and 800, if every one is
        certain and right it is 0, never less. To that end A may be moved by up to 1e-7, inside [0, 1].

    >>> round(binary_cross_entropy(np.array([0.5, 0.8]), np.array([0, 1])), 4)
    0.4581
    """
    safe = np.clip(A, 1e-15, 1 - 1e-15)
    return float(-np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


def _exact(m, A, y):
    # At 0 and 1, where the exact loss is infinite, the text leaves open how far the solution moves A.
    safe = np.clip(A, m.number(1e-15), m.number(1 - 1e-15))
    right = [p if truth else 1 - p for p, truth in zip(safe.flat, y.flat, strict=True)]
    return -sum(m.log(p) for p in right) / len(right)


exercise = Exercise(
    binary_cross_entropy,
    tags=("loss", "classification", "stability"),
    inputs=together(arrays("n", low=0.05, high=0.95), arrays("n", low=0, high=1, kind="int"))
    .also(
        column=call(np.array([[0.1], [0.6], [0.9]]), np.array([[0], [1], [0]])),
        only_zeros=call(np.array([0.25, 0.5]), np.array([0, 0])),
        only_ones=call(np.array([0.25, 0.5]), np.array([1, 1])),
    )
    .only(
        certain_and_wrong=call(np.array([1.0, 0.0]), np.array([0, 1])),
        certain_and_wrong_once=call(np.array([0.0]), np.array([1])),
        certain_and_right=call(np.array([1.0, 0.0, 1.0]), np.array([1, 0, 1])),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.does_not_mutate().on("*"),
        checks.matches_reference().worth(3),
        checks.within(15, 800).on("certain and wrong*").named("Finite if certain and wrong").worth(2),
        checks.within(-1e-12, 1e-6).on("certain and right").named("0 if certain and right"),
    ),
    hints=(
        "Try one element: what should the loss be for A = 1, y = 1, and what for A = 0, y = 1?",
        "For y = 1 only log(A) counts, for y = 0 only log(1 - A); y and 1 - y switch between them.",
        "np.clip keeps A away from 0 and 1 before the logarithm; how far may it move A?",
    ),
    formula=r"L = -\frac{1}{n} \sum_{i=1}^{n} \bigl( y_i \log a_i + (1 - y_i) \log(1 - a_i) \bigr)",
    slack=3e-6,
    oracle=_exact,
    equivalents={
        "safe = np.clip(1e-15, A, 1 - 1e-15)": "The larger of two numbers does not depend on their order.",
    },
)


@exercise.mistake(caught_by="within_finite_if_certain_and_wrong")
def not_clipped(A, y):
    """log(0) is -inf, and 0 times -inf is nan. Clip A to [1e-15, 1 - 1e-15] first."""
    return float(-np.mean(y * np.log(A) + (1 - y) * np.log(1 - A)))


@exercise.mistake(caught_by="within_finite_if_certain_and_wrong")
def nan_hidden(A, y):
    """np.nansum leaves out the elements that are nan, and inf stays. Clip A, then nothing needs hiding."""
    return float(-np.nansum(y * np.log(A) + (1 - y) * np.log(1 - A)) / len(A))


@exercise.mistake(caught_by="within_finite_if_certain_and_wrong")
def epsilon_too_small(A, y):
    """1 - 1e-17 is 1 in floating point, so log(0) is back. The smallest useful epsilon is about 1e-16."""
    safe = np.clip(A, 1e-17, 1 - 1e-17)
    return float(-np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by="within_0_if_certain_and_right")
def epsilon_too_large(A, y):
    """The epsilon changes the result: even perfect predictions cost something. 1e-7 is the most."""
    safe = np.clip(A, 1e-2, 1 - 1e-2)
    return float(-np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by="within_0_if_certain_and_right")
def epsilon_added(A, y):
    """log(1 + epsilon) is positive, so the loss falls below 0. np.clip stays inside [0, 1]."""
    return float(-np.mean(y * np.log(A + 1e-8) + (1 - y) * np.log(1 - A + 1e-8)))


@exercise.mistake(caught_by=checks.matches_reference)
def one_class_forgotten(A, y):
    """Samples of class 0 cost nothing here. The term (1 - y) log(1 - A) is missing."""
    return float(-np.mean(y * np.log(np.clip(A, 1e-15, 1))))


@exercise.mistake(caught_by=checks.matches_reference)
def minus_forgotten(A, y):
    """The loss is negative: logarithms of probabilities are. A minus sign belongs in front."""
    safe = np.clip(A, 1e-15, 1 - 1e-15)
    return float(np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by=checks.matches_reference)
def sum_for_mean(A, y):
    """This is the sum over the samples. Divide it by their number."""
    safe = np.clip(A, 1e-15, 1 - 1e-15)
    return float(-np.sum(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by=checks.matches_shape)
def not_averaged(A, y):
    """One loss for every sample came back. Return their mean."""
    safe = np.clip(A, 1e-15, 1 - 1e-15)
    return -(y * np.log(safe) + (1 - y) * np.log(1 - safe))


@exercise.mistake(caught_by=checks.matches_reference)
def arguments_swapped(A, y):
    """Targets and predictions are swapped: the logarithm is taken of the predictions, A."""
    safe = np.clip(y, 1e-15, 1 - 1e-15)
    return float(-np.mean(A * np.log(safe) + (1 - A) * np.log(1 - safe)))


@exercise.mistake(caught_by=checks.matches_reference)
def base_ten(A, y):
    """np.log10 is the logarithm to base 10. The natural one is np.log."""
    safe = np.clip(A, 1e-15, 1 - 1e-15)
    return float(-np.mean(y * np.log10(safe) + (1 - y) * np.log10(1 - safe)))


@exercise.mistake(caught_by=checks.does_not_mutate)
def clipped_in_place(A, y):
    """out=A writes the clipped probabilities over the caller's. Give them a name of their own."""
    np.clip(A, 1e-15, 1 - 1e-15, out=A)
    return float(-np.mean(y * np.log(A) + (1 - y) * np.log(1 - A)))
