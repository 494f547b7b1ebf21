"""Gradient of binary cross-entropy with respect to the probabilities."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def binary_cross_entropy_gradient(A: NDArray[np.floating], y: NDArray[np.integer]) -> NDArray[np.floating]:
    """Return the gradient of the mean binary cross-entropy with respect to `A`.

    Args:
        A: predicted probabilities of class 1, strictly between 0 and 1; shape (n,) or (n, 1).
        y: true classes, 0 or 1, in the shape of `A`.

    Returns:
        (A - y) / (A (1 - A) n) in the shape of `A`; n is the number of samples. An epsilon of at most
        1e-7 that keeps the denominator away from 0 is fine.

    >>> binary_cross_entropy_gradient(np.array([0.5, 0.75]), np.array([0, 1]))
    array([ 1.        , -0.66666667])
    """
    return (A - y) / (A * (1 - A) * len(A))


def _loss_at(A, y):
    return lambda a: -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)), A


exercise = Exercise(
    binary_cross_entropy_gradient,
    tags=("loss", "classification", "derivative"),
    after=("binary_cross_entropy",),
    inputs=together(arrays("n", low=0.2, high=0.8), arrays("n", low=0, high=1, kind="int")).also(
        column=call(np.array([[0.25], [0.6], [0.75]]), np.array([[0], [1], [0]])),
        both_classes=call(np.array([0.3, 0.3, 0.7]), np.array([0, 1, 1])),
    ),
    checks=(
        checks.preserves_shape(),
        checks.jacobian_matches(_loss_at).worth(2).named("Agrees with finite differences of the loss"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Differentiate y log(a) and (1 - y) log(1 - a) with respect to a, each on its own.",
        "The second one has an inner derivative: 1 - a falls where a rises.",
        "Bring -y/a + (1 - y)/(1 - a) to one denominator, and keep the 1/n of the mean.",
    ),
    formula=r"\frac{\partial L}{\partial a_i} = \frac{1}{n} \cdot \frac{a_i - y_i}{a_i (1 - a_i)}",
    slack=5e-6,
    oracle=lambda m, A, y: ((1 - y) / (1 - A) - y / A) / len(y),
)


@exercise.mistake(caught_by=checks.jacobian_matches)
def not_divided(A, y):
    """This is the gradient of the sum. The loss is a mean: divide by the number of samples."""
    return (A - y) / (A * (1 - A))


@exercise.mistake(caught_by=checks.jacobian_matches)
def sign_turned(A, y):
    """The sign is turned: for y = 1 the loss falls as A rises, so the gradient there is negative."""
    return (y - A) / (A * (1 - A) * len(A))


@exercise.mistake(caught_by=checks.jacobian_matches)
def gradient_of_the_score(A, y):
    """(A - y)/n is the gradient at the score before the sigmoid. Here it is asked for at A itself."""
    return (A - y) / len(A)


@exercise.mistake(caught_by=checks.jacobian_matches)
def one_class_forgotten(A, y):
    """Samples of class 0 have a gradient too: the term (1 - y)/(1 - A) is missing."""
    return -y / A / len(A)


@exercise.mistake(caught_by=checks.jacobian_matches)
def inner_derivative_forgotten(A, y):
    """log(1 - A) falls as A rises: its derivative is -1/(1 - A), so the two terms have opposite signs."""
    return -(y / A + (1 - y) / (1 - A)) / len(A)


@exercise.mistake(caught_by=checks.preserves_shape)
def loss_itself(A, y):
    """This is the loss. Its gradient has one entry for every probability."""
    return -np.mean(y * np.log(A) + (1 - y) * np.log(1 - A))


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(A, y):
    """The caller's probabilities were overwritten. Make a new array for the result."""
    denominator = A * (1 - A) * len(A)
    A -= y
    return A / denominator
