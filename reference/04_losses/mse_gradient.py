"""Gradient of the mean squared error: which way each prediction should move."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def mse_gradient(y_pred: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the gradient of the mean squared error with respect to the predictions.

    The loss is the mean over all elements of (y_pred - y) squared, without a factor 1/2.

    Args:
        y_pred: predictions of any shape.
        y: targets of the same shape; integers too.

    Returns:
        2 (y_pred - y) / n in the shape of `y_pred`, where n is the number of all elements.

    >>> mse_gradient(np.array([1.0, 4.0]), np.array([1.0, 2.0]))
    array([0., 2.])
    """
    return 2 * (y_pred - y) / np.size(y)


def _loss_at(y_pred, y):
    return lambda p: np.mean((p - y) ** 2), y_pred


def _exact(m, y_pred, y):
    # A parabola's slope is that of any chord with its middle there.
    error = m.mpf(y_pred) - y
    return ((error + 1) ** 2 - (error - 1) ** 2) / (2 * np.size(y))


exercise = Exercise(
    mse_gradient,
    tags=("loss", "derivative"),
    difficulty="easy",
    minutes=10,
    after=("mse_loss",),
    inputs=together(arrays(low=-4, high=4), arrays(low=-4, high=4)).also(
        equal=call(np.array([1.0, -2.0]), np.array([1.0, -2.0])),
        too_high_and_too_low=call(np.array([3.0, 0.0]), np.array([1.0, 1.0])),
    ),
    checks=(
        checks.preserves_shape(),
        checks.jacobian_matches(_loss_at).worth(2).named("Agrees with finite differences of the loss"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Each prediction appears in one term of the sum alone: differentiate that term.",
        "The derivative of (p - y) squared with respect to p is 2 (p - y).",
        "The mean's factor 1/n stays: divide by the number of all elements, y.size.",
    ),
    formula=r"\frac{\partial L}{\partial \hat y_i} = \frac{2}{n} (\hat y_i - y_i)",
    scale=4.0,
    oracle=_exact,
)


@exercise.mistake(caught_by=checks.jacobian_matches)
def sign_turned(y_pred, y):
    """The sign is turned: a prediction that is too high has a positive gradient. It is y_pred - y."""
    return 2 * (y - y_pred) / np.size(y)


@exercise.mistake(caught_by=checks.jacobian_matches)
def factor_two_forgotten(y_pred, y):
    """The derivative of a square brings a factor 2 down. Only a loss with 1/2 in front would lose it."""
    return (y_pred - y) / np.size(y)


@exercise.mistake(caught_by=checks.jacobian_matches)
def not_divided(y_pred, y):
    """This is the gradient of the sum. The loss is a mean, so divide by the number of elements."""
    return 2 * (y_pred - y)


@exercise.mistake(caught_by=checks.jacobian_matches)
def rows_for_elements(y_pred, y):
    """len(y) counts the rows, and a number has none. Divide by the number of all elements: y.size."""
    return 2 * (y_pred - y) / len(y)


@exercise.mistake(caught_by=checks.matches_reference)
def loss_itself(y_pred, y):
    """This is the loss. Its gradient has one entry for every prediction."""
    return np.mean((y_pred - y) ** 2)


@exercise.mistake(caught_by=checks.jacobian_matches)
def sign_alone(y_pred, y):
    """This is the slope of the absolute error. The one of the square grows with the error."""
    return 2 * np.sign(y_pred - y) / np.size(y)


@exercise.mistake(caught_by=checks.preserves_shape)
def averaged(y_pred, y):
    """The errors were averaged to one number. Keep one entry for every prediction, divided by y.size."""
    return 2 * np.mean(y_pred - y)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(y_pred, y):
    """The caller's predictions were changed, as by `y_pred -= y`. Write y_pred - y."""
    y_pred -= y
    return 2 * y_pred / np.size(y)


@exercise.mistake(caught_by=checks.jacobian_matches)
def still_squared(y_pred, y):
    """The error is still squared. The derivative of a square is twice the error: 2 (y_pred - y)."""
    return 2 * (y_pred - y) ** 2 / np.size(y)
