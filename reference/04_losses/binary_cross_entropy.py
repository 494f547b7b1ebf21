"""Binary cross-entropy: the price of a probability for yes or no."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def binary_cross_entropy(y_pred: NDArray[np.floating], y: NDArray[np.integer]) -> float:
    """Return the mean binary cross-entropy, with the natural logarithm.

    Args:
        y_pred: predicted probabilities of class 1, from 0 to 1, both included; shape (n,) or (n, 1).
        y: true classes, 0 or 1, in the shape of `y_pred`.

    Returns:
        One number: the mean of -(y log(y_pred) + (1 - y) log(1 - y_pred)). It is finite also where y_pred
        is exactly 0 or 1: if every prediction is certain and wrong it is between 15 and 800, if every one
        is certain and right it is 0, never less. To that end y_pred may be moved by up to
        1e-7, inside [0, 1].

    >>> round(binary_cross_entropy(np.array([0.5, 0.8]), np.array([0, 1])), 4)
    0.4581
    """
    safe = np.clip(y_pred, 1e-15, 1 - 1e-15)
    return float(-np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


def _exact(m, y_pred, y):
    # At 0 and 1, where the exact loss is infinite, the text leaves open how far the solution moves y_pred.
    safe = np.clip(y_pred, m.number(1e-15), m.number(1 - 1e-15))
    right = [p if truth else 1 - p for p, truth in zip(safe.flat, y.flat, strict=True)]
    return -sum(m.log(p) for p in right) / len(right)


exercise = Exercise(
    binary_cross_entropy,
    tags=("loss", "classification", "stability"),
    difficulty="medium",
    minutes=15,
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
        "Try one element: what should the loss be for y_pred = 1, y = 1, and what for y_pred = 0, y = 1?",
        "For y = 1 only log(y_pred) counts, for y = 0 only log(1 - y_pred); y and 1 - y choose between them.",
        "np.clip keeps y_pred away from 0 and 1 before the logarithm; how far may it move y_pred?",
    ),
    formula=r"L = -\frac{1}{n} \sum_{i=1}^{n} \bigl( y_i \log \hat y_i + (1 - y_i) \log(1 - \hat y_i) \bigr)",
    slack=3e-6,
    oracle=_exact,
    equivalents={
        "safe = np.clip(1e-15, y_pred, 1 - 1e-15)": "The larger of two numbers is the same in any order.",
    },
)


@exercise.mistake(caught_by="within_finite_if_certain_and_wrong")
def not_clipped(y_pred, y):
    """log(0) is -inf, and 0 times -inf is nan. Clip y_pred to [1e-15, 1 - 1e-15] first."""
    return float(-np.mean(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)))


@exercise.mistake(caught_by="within_finite_if_certain_and_wrong")
def nan_hidden(y_pred, y):
    """inf stays: np.nansum, for one, leaves out nan alone. Clip y_pred; then nothing needs hiding."""
    return float(-np.nansum(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)) / len(y_pred))


@exercise.mistake(caught_by="within_finite_if_certain_and_wrong")
def epsilon_too_small(y_pred, y):
    """The epsilon may be too small: 1 - 1e-17 is 1, so log(0) is back. 1e-15 is large enough."""
    safe = np.clip(y_pred, 1e-17, 1 - 1e-17)
    return float(-np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by="within_0_if_certain_and_right")
def epsilon_too_large(y_pred, y):
    """The epsilon may be too large: even perfect predictions cost something. 1e-7 is the most."""
    safe = np.clip(y_pred, 1e-2, 1 - 1e-2)
    return float(-np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by="within_0_if_certain_and_right")
def epsilon_added(y_pred, y):
    """The loss falls below 0: log(1 + epsilon) is positive. np.clip stays inside [0, 1]."""
    return float(-np.mean(y * np.log(y_pred + 1e-8) + (1 - y) * np.log(1 - y_pred + 1e-8)))


@exercise.mistake(caught_by=checks.matches_reference)
def one_class_forgotten(y_pred, y):
    """Samples of class 0 cost nothing here. The term (1 - y) log(1 - y_pred) is missing."""
    return float(-np.mean(y * np.log(np.clip(y_pred, 1e-15, 1))))


@exercise.mistake(caught_by=checks.matches_reference)
def minus_forgotten(y_pred, y):
    """The loss is negative: logarithms of probabilities are. A minus sign belongs in front."""
    safe = np.clip(y_pred, 1e-15, 1 - 1e-15)
    return float(np.mean(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by=checks.matches_reference)
def sum_for_mean(y_pred, y):
    """This is the sum over the samples. Divide it by their number."""
    safe = np.clip(y_pred, 1e-15, 1 - 1e-15)
    return float(-np.sum(y * np.log(safe) + (1 - y) * np.log(1 - safe)))


@exercise.mistake(caught_by=checks.matches_shape)
def not_averaged(y_pred, y):
    """One loss for every sample came back. Return their mean."""
    safe = np.clip(y_pred, 1e-15, 1 - 1e-15)
    return -(y * np.log(safe) + (1 - y) * np.log(1 - safe))


@exercise.mistake(caught_by=checks.matches_reference)
def arguments_swapped(y_pred, y):
    """Targets and predictions are swapped: the logarithm is taken of the predictions, y_pred."""
    safe = np.clip(y, 1e-15, 1 - 1e-15)
    return float(-np.mean(y_pred * np.log(safe) + (1 - y_pred) * np.log(1 - safe)))


@exercise.mistake(caught_by=checks.matches_reference)
def base_ten(y_pred, y):
    """The logarithm may be to base 10, np.log10. The natural one is np.log."""
    safe = np.clip(y_pred, 1e-15, 1 - 1e-15)
    return float(-np.mean(y * np.log10(safe) + (1 - y) * np.log10(1 - safe)))


@exercise.mistake(caught_by=checks.does_not_mutate)
def clipped_in_place(y_pred, y):
    """The caller's probabilities were clipped, as with out=y_pred. Give the clipped ones their own name."""
    np.clip(y_pred, 1e-15, 1 - 1e-15, out=y_pred)
    return float(-np.mean(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)))


@exercise.mistake(caught_by=checks.matches_reference)
def classes_swapped(y_pred, y):
    """The classes are swapped: log(y_pred) belongs to y = 1, log(1 - y_pred) to y = 0."""
    safe = np.clip(y_pred, 1e-15, 1 - 1e-15)
    return float(-np.mean((1 - y) * np.log(safe) + y * np.log(1 - safe)))


@exercise.mistake(caught_by=checks.matches_reference)
def one_sign_forgotten(y_pred, y):
    """The minus reaches the first term alone. Put parentheses round both terms, or a minus at each."""
    safe = np.clip(y_pred, 1e-15, 1 - 1e-15)
    return float(np.mean(-y * np.log(safe) + (1 - y) * np.log(1 - safe)))
