"""ReLU backwards: let the gradient through where the unit was active."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def relu_backward(dout: NDArray[np.floating], Z: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the gradient with respect to the input of ReLU.

    Args:
        dout: gradient with respect to ReLU's output, any shape; must not be changed.
        Z: ReLU's input, same shape.

    Returns:
        An array in the shape of `Z`: `dout` where z > 0, 0 elsewhere (at z = 0 too).

    >>> relu_backward(np.array([5.0, 6.0, 7.0]), np.array([-1.0, 0.0, 2.0]))
    array([0., 0., 7.])
    """
    return np.where(np.asarray(Z) > 0, dout, 0)


exercise = Exercise(
    relu_backward,
    tags=("backward", "elementwise"),
    difficulty="easy",
    minutes=10,
    after=("relu_derivative",),
    inputs=together(arrays(low=-4, high=4), arrays(low=-4, high=4)).also(
        kink=call(np.array([2.0, 3.0, 4.0]), np.array([-1e-8, 0.0, 1e-8]))
    ),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate().worth(2),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Which of the two arguments decides, and which one is handed on?",
        "The chain rule multiplies the incoming gradient by the slope of ReLU, which is 0 or 1.",
        "np.where(condition, a, b) makes a new array and leaves both alone. The text says what happens at 0.",
    ),
    formula=r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \cdot [z > 0]",
    oracle=lambda m, dout, Z: dout * (m.sign(Z) + abs(m.sign(Z))) / 2,
)


@exercise.mistake(caught_by=checks.does_not_mutate)
def gradient_in_place(dout, Z):
    """The incoming gradient was changed for the caller too. Copy it first, or use np.where."""
    if isinstance(dout, np.ndarray) and dout.ndim:
        dout[Z <= 0] = 0
        return dout
    return np.where(Z > 0, dout, 0)


@exercise.mistake(caught_by=checks.matches_reference)
def mask_of_the_gradient(dout, Z):
    """The mask asks whether the gradient is positive. Ask whether the input Z is."""
    return np.where(np.asarray(dout) > 0, dout, 0)


@exercise.mistake(caught_by=checks.matches_reference)
def slope_alone(dout, Z):
    """This is the slope of ReLU. The chain rule multiplies it by the incoming gradient."""
    return np.where(Z > 0, 1.0, 0.0)


@exercise.mistake(caught_by=checks.matches_reference)
def through_at_zero(dout, Z):
    """At z = 0 nothing goes through in this course: compare with >, not >=."""
    return np.where(Z >= 0, dout, 0)


@exercise.mistake(caught_by=checks.matches_reference)
def times_input(dout, Z):
    """The gradient was multiplied by ReLU itself, not by its slope, which is 1 where z > 0."""
    return dout * np.maximum(0, Z)
