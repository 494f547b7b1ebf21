"""Gradient of binary cross-entropy with respect to the probabilities."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def binary_cross_entropy_gradient(
    y_pred: NDArray[np.floating], y: NDArray[np.integer]
) -> NDArray[np.floating]:
    """Return the gradient of the mean binary cross-entropy with respect to `y_pred`.

    Args:
        y_pred: predicted probabilities of class 1, strictly between 0 and 1; shape (n,) or (n, 1).
        y: true classes, 0 or 1, in the shape of `y_pred`.

    Returns:
        (y_pred - y) / (y_pred (1 - y_pred) n) in the shape of `y_pred`; n is the number of samples. An
        epsilon of at most 1e-7 that keeps the denominator away from 0 is fine.

    >>> binary_cross_entropy_gradient(np.array([0.5, 0.75]), np.array([0, 1]))
    array([ 1.        , -0.66666667])
    """
    return (y_pred - y) / (y_pred * (1 - y_pred) * len(y_pred))


def _loss_at(y_pred, y):
    return lambda a: -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)), y_pred


exercise = Exercise(
    binary_cross_entropy_gradient,
    tags=("loss", "classification", "derivative"),
    difficulty="medium",
    minutes=15,
    after=("binary_cross_entropy",),
    inputs=together(arrays("n", low=0.2, high=0.8), arrays("n", low=0, high=1, kind="int")).also(
        column=call(np.array([[0.25], [0.6], [0.75]]), np.array([[0], [1], [0]])),
        both_classes=call(np.array([0.3, 0.3, 0.7]), np.array([0, 1, 1])),
    ),
    checks=(
        checks.preserves_shape(),
        checks.jacobian_matches(_loss_at).worth(2).named("Agrees with finite differences of the loss"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
    ),
    hints=(
        "Write p for y_pred. Differentiate y log(p) and (1 - y) log(1 - p) with respect to p, one by one.",
        "The second one has an inner derivative: 1 - p falls where p rises.",
        "Bring -y/p + (1 - y)/(1 - p) to one denominator, and keep the 1/n of the mean.",
    ),
    formula=(
        r"\frac{\partial L}{\partial \hat y_i} = "
        r"\frac{1}{n} \cdot \frac{\hat y_i - y_i}{\hat y_i (1 - \hat y_i)}"
    ),
    slack=5e-6,
    oracle=lambda m, y_pred, y: ((1 - y) / (1 - y_pred) - y / y_pred) / len(y),
)


@exercise.mistake(caught_by=checks.jacobian_matches)
def not_divided(y_pred, y):
    """This is the gradient of the sum. The loss is a mean: divide by the number of samples."""
    return (y_pred - y) / (y_pred * (1 - y_pred))


@exercise.mistake(caught_by=checks.jacobian_matches)
def sign_turned(y_pred, y):
    """The sign is turned: for y = 1 the loss falls as y_pred rises, so the gradient there is negative."""
    return (y - y_pred) / (y_pred * (1 - y_pred) * len(y_pred))


@exercise.mistake(caught_by=checks.jacobian_matches)
def gradient_of_the_score(y_pred, y):
    """(y_pred - y)/n is the gradient at the score, before the sigmoid. At y_pred itself it is another."""
    return (y_pred - y) / len(y_pred)


@exercise.mistake(caught_by=checks.jacobian_matches)
def one_class_forgotten(y_pred, y):
    """Samples of class 0 have a gradient too: the term (1 - y)/(1 - y_pred) is missing."""
    return -y / y_pred / len(y_pred)


@exercise.mistake(caught_by=checks.jacobian_matches)
def inner_derivative_forgotten(y_pred, y):
    """log(1 - p) falls as p rises: its derivative is -1/(1 - p), so the two terms have opposite signs."""
    return -(y / y_pred + (1 - y) / (1 - y_pred)) / len(y_pred)


@exercise.mistake(caught_by=checks.preserves_shape)
def loss_itself(y_pred, y):
    """This is the loss. Its gradient has one entry for every probability."""
    return -np.mean(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred))


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(y_pred, y):
    """The caller's probabilities were overwritten. Make a new array for the result."""
    denominator = y_pred * (1 - y_pred) * len(y_pred)
    y_pred -= y
    return y_pred / denominator


@exercise.mistake(caught_by=checks.jacobian_matches)
def parentheses_forgotten(y_pred, y):
    """/ y_pred * (1 - y_pred) divides by one and multiplies by the other. Put the product in parentheses."""
    return (y_pred - y) / y_pred * (1 - y_pred) / len(y_pred)
