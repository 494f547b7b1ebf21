"""Mean squared error: how far predictions are from targets."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def mse_loss(y_pred: NDArray[np.floating], y: NDArray[np.floating]) -> float:
    """Return the mean of the squared errors.

    Args:
        y_pred: predictions of any shape.
        y: targets of the same shape; integers too.

    Returns:
        One number, at least 0: the mean over all elements of (y_pred - y) squared.

    >>> mse_loss(np.array([1.0, 4.0]), np.array([1.0, 2.0]))
    2.0
    """
    if np.shape(y_pred) != np.shape(y):
        raise ValueError(f"shapes {np.shape(y_pred)} and {np.shape(y)} differ")
    return float(np.mean((y_pred - y) ** 2))


exercise = Exercise(
    mse_loss,
    tags=("loss", "regression"),
    difficulty="easy",
    minutes=10,
    inputs=together(arrays(low=-4, high=4), arrays(low=-4, high=4))
    .also(
        equal=call(np.array([1.0, -2.0, 3.0]), np.array([1.0, -2.0, 3.0])),
        below=call(np.array([0.0, 1.0]), np.array([1.0, 3.0])),
    )
    .only(row_against_column=call(np.array([1.0, 2.0, 3.0]), np.array([[1.0], [2.0], [3.0]]))),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.non_negative(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.raises("ValueError")
        .on("row against column")
        .named("Refuses shapes that differ: (n,) against (n, 1) broadcasts to (n, n)")
        .advice(),
    ),
    hints=(
        "Three steps: error, square, mean. What does each one do to the shape?",
        "A prediction that is too low counts as much as one that is too high: hence the square.",
        "np.mean without an axis averages over all elements, whatever the shape.",
    ),
    formula=r"L = \frac{1}{n} \sum_{i=1}^{n} (\hat y_i - y_i)^2",
    scale=4.0,
    oracle=lambda m, y_pred, y: sum((m.mpf(np.ravel(y_pred)) - np.ravel(y)) ** 2) / np.size(y),
    equivalents={
        "raise f'shapes {np.shape(y_pred)} and {np.shape(y)} differ'": "Shapes that differ are advice.",
        "pass": "Shapes that differ are advice.",
        "without if np.shape(y_pred) != np.shape(y):": "Shapes that differ are advice.",
    },
)


@exercise.mistake(caught_by=checks.non_negative)
def square_forgotten(y_pred, y):
    """The errors were not squared, so those above and below cancel. Square each one first."""
    return float(np.mean(y_pred - y))


@exercise.mistake(caught_by=checks.matches_reference)
def absolute_error(y_pred, y):
    """This is the mean absolute error. Square the errors instead."""
    return float(np.mean(np.abs(y_pred - y)))


@exercise.mistake(caught_by=checks.matches_reference)
def root(y_pred, y):
    """A square root too many: that is the RMSE. The MSE has none."""
    return float(np.sqrt(np.mean((y_pred - y) ** 2)))


@exercise.mistake(caught_by=checks.matches_reference)
def sum_for_mean(y_pred, y):
    """The squares were added up but not divided by their number. Take the mean."""
    return float(np.sum((y_pred - y) ** 2))


@exercise.mistake(caught_by=checks.matches_reference)
def halved(y_pred, y):
    """Some texts put 1/2 in front of the loss. This one does not."""
    return float(np.mean((y_pred - y) ** 2) / 2)


@exercise.mistake(caught_by=checks.matches_reference)
def rows_for_elements(y_pred, y):
    """len(y) counts the rows, and a number has none. Divide by the number of elements: np.mean."""
    return float(np.sum((y_pred - y) ** 2) / len(y))


@exercise.mistake(caught_by=checks.matches_reference)
def square_of_the_mean(y_pred, y):
    """The mean was squared, in which errors above and below have cancelled. Square first, then average."""
    return float(np.mean(y_pred - y) ** 2)


@exercise.mistake(caught_by=checks.matches_shape)
def not_averaged(y_pred, y):
    """These are the squared errors. A loss is one number: their mean."""
    return np.atleast_1d((y_pred - y) ** 2)


@exercise.mistake(caught_by=checks.matches_shape)
def one_mean_a_column(y_pred, y):
    """axis=0 gives one mean for each column. Average over all elements, without an axis."""
    return np.mean((y_pred - y) ** 2, axis=0)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(y_pred, y):
    """The caller's predictions were changed, as by `y_pred -= y`. Give the error a name of its own."""
    if isinstance(y_pred, np.ndarray):
        y_pred -= y
        return float(np.mean(y_pred**2))
    return float((y_pred - y) ** 2)
