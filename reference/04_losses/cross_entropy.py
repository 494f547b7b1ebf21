"""Cross-entropy: the price of a probability among several classes."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn


def cross_entropy(Y_pred: NDArray[np.floating], Y: NDArray[np.floating]) -> float:
    """Return the mean cross-entropy of the rows, with the natural logarithm.

    Args:
        Y_pred: predicted probabilities, shape (n_samples, n_classes), rows sum to 1; 0 and 1 may occur.
        Y: target probabilities of the same shape: one-hot rows, or soft labels whose rows sum to 1.

    Returns:
        One number: minus the sum of Y log(Y_pred) over the classes, averaged over the rows. It is finite
        also where Y_pred is 0: if every row is certain and wrong it is between 15 and 800, if every row
        is certain and right it is 0, never less. To that end Y_pred may be moved by up to 1e-7, inside
        [0, 1].

    >>> round(cross_entropy(np.array([[0.5, 0.25, 0.25]]), np.array([[1, 0, 0]])), 4)
    0.6931
    """
    safe = np.clip(Y_pred, 1e-15, 1)
    return float(-np.sum(Y * np.log(safe)) / len(Y))


def _draw(rng):
    n, k = rng.integers(1, 5), rng.integers(2, 5)
    Y_pred, soft = rng.uniform(0.3, 1, size=(n, k)), rng.uniform(0.1, 1, size=(n, k))
    Y_pred /= Y_pred.sum(axis=1, keepdims=True)
    soft /= soft.sum(axis=1, keepdims=True)
    return call(Y_pred, soft if rng.random() < 0.3 else np.eye(k)[rng.integers(0, k, size=n)])


def _exact(m, Y_pred, Y):
    # At 0, where the exact loss is infinite, the text leaves open how far the solution moves Y_pred.
    pairs = zip(Y_pred.flat, Y.flat, strict=True)
    return sum(y * m.log(1 / max(p, m.number(1e-15))) for p, y in pairs) / len(Y)


_THREE = np.array([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]])
exercise = Exercise(
    cross_entropy,
    tags=("loss", "classification", "stability"),
    difficulty="medium",
    minutes=15,
    after=("binary_cross_entropy",),
    inputs=drawn(_draw)
    .also(
        one_hot_integers=call(_THREE, np.array([[0, 1, 0], [0, 0, 1]])),
        soft_labels=call(_THREE, np.array([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]])),
        three_rows=call(np.array([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]]), np.eye(2)[[0, 1, 0]]),
    )
    .only(
        certain_and_wrong=call(np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]), np.eye(2)[[0, 1, 0]]),
        certain_and_right=call(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]), np.eye(2)[[0, 1, 0]]),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.does_not_mutate().on("*"),
        checks.matches_reference().worth(3),
        checks.within(15, 800).on("certain and wrong").named("Finite if certain and wrong").worth(2),
        checks.within(-1e-12, 1e-6).on("certain and right").named("0 if certain and right"),
    ),
    hints=(
        "With a one-hot row only one logarithm counts: which one?",
        "Sum over the classes, then average over the rows: two steps with different divisors.",
        "np.clip(Y_pred, 1e-15, 1) keeps the logarithm finite and never makes it positive.",
    ),
    formula=r"L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{j=1}^{k} y_{ij} \log \hat y_{ij}",
    slack=3e-6,
    oracle=_exact,
    equivalents={
        "safe = np.clip(1e-15, Y_pred, 1)": "The larger of two numbers is the same in any order.",
        "safe = np.clip(Y_pred, 1e-15, 2)": "No probability is above 1.",
    },
)


@exercise.mistake(caught_by="within_finite_if_certain_and_wrong")
def not_clipped(Y_pred, Y):
    """log(0) is -inf, and 0 times -inf is nan. Clip Y_pred to [1e-15, 1] first."""
    return float(-np.sum(Y * np.log(Y_pred)) / len(Y))


@exercise.mistake(caught_by="within_0_if_certain_and_right")
def epsilon_too_large(Y_pred, Y):
    """The epsilon changes the result: even perfect predictions cost something. 1e-7 is the most."""
    return float(-np.sum(Y * np.log(np.clip(Y_pred, 1e-2, 1 - 1e-2))) / len(Y))


@exercise.mistake(caught_by=checks.matches_reference)
def mean_over_everything(Y_pred, Y):
    """The sum may be divided by rows times classes, as np.mean does. Divide by the rows alone."""
    return float(-np.mean(Y * np.log(np.clip(Y_pred, 1e-15, 1))))


@exercise.mistake(caught_by=checks.matches_reference)
def sum_over_everything(Y_pred, Y):
    """The rows were added up. Divide by the number of rows."""
    return float(-np.sum(Y * np.log(np.clip(Y_pred, 1e-15, 1))))


@exercise.mistake(caught_by=checks.matches_reference)
def classes_and_rows_turned(Y_pred, Y):
    """The sum ran down the columns and the mean over the classes. The classes are along axis 1."""
    return float(-np.mean(np.sum(Y * np.log(np.clip(Y_pred, 1e-15, 1)), axis=0)))


@exercise.mistake(caught_by=checks.matches_shape)
def one_a_row(Y_pred, Y):
    """One loss for every row came back. Return their mean."""
    return -np.sum(Y * np.log(np.clip(Y_pred, 1e-15, 1)), axis=1)


@exercise.mistake(caught_by=checks.matches_reference)
def minus_forgotten(Y_pred, Y):
    """The loss is negative: logarithms of probabilities are. A minus sign belongs in front."""
    return float(np.sum(Y * np.log(np.clip(Y_pred, 1e-15, 1))) / len(Y))


@exercise.mistake(caught_by=checks.matches_reference)
def hardest_label_alone(Y_pred, Y):
    """Only the largest entry of each target row may be used. Soft labels count with all of theirs."""
    picked = np.clip(Y_pred, 1e-15, 1)[np.arange(len(Y)), np.argmax(Y, axis=1)]
    return float(-np.mean(np.log(picked)))


@exercise.mistake(caught_by=checks.matches_reference)
def two_class_formula(Y_pred, Y):
    """(1 - y) log(1 - y_pred) belongs to two classes. Among several only y log(y_pred) counts."""
    safe = np.clip(Y_pred, 1e-15, 1 - 1e-15)
    return float(-np.sum(Y * np.log(safe) + (1 - Y) * np.log(1 - safe)) / len(Y))


@exercise.mistake(caught_by=checks.matches_reference)
def base_two(Y_pred, Y):
    """The logarithm may be to base 2, np.log2. The natural one is np.log."""
    return float(-np.sum(Y * np.log2(np.clip(Y_pred, 1e-15, 1))) / len(Y))


@exercise.mistake(caught_by=checks.matches_reference)
def arguments_swapped(Y_pred, Y):
    """Targets and predictions are swapped: the logarithm is taken of the predictions, Y_pred."""
    return float(-np.sum(Y_pred * np.log(np.clip(Y, 1e-15, 1))) / len(Y))


@exercise.mistake(caught_by=checks.does_not_mutate)
def clipped_in_place(Y_pred, Y):
    """The caller's zeros were overwritten. np.clip without out makes a new array."""
    Y_pred[Y_pred == 0] = 1e-15
    return float(-np.sum(Y * np.log(Y_pred)) / len(Y))
