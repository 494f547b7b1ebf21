"""Product rule: the slope of a product from its factors."""

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, arrays, call, checks, together


def product_rule(
    u: NDArray[np.floating], du: NDArray[np.floating], v: NDArray[np.floating], dv: NDArray[np.floating]
) -> NDArray[np.floating]:
    """Return the derivative of the product u v, from values and derivatives of its factors.

    Args:
        u: values of the first factor, any shape; integers too.
        du: its derivatives at the same points, same shape; integers too.
        v: values of the second factor, same shape; integers too.
        dv: its derivatives, same shape; integers too.

    Returns:
        The derivatives of the product, in the same shape.

    >>> product_rule(np.array([2.0]), np.array([1.0]), np.array([3.0]), np.array([5.0]))
    array([13.])
    """
    return du * v + u * dv


def _exact(m, u, du, v, dv):
    # A product of straight lines is a parabola, whose slope is that of any chord with its middle there.
    u, du, v, dv = (m.mpf(values) for values in (u, du, v, dv))
    return ((u + du) * (v + dv) - (u - du) * (v - dv)) / 2


exercise = Exercise(
    product_rule,
    tags=("derivative", "elementwise"),
    difficulty="easy",
    minutes=5,
    after=("derivative",),
    inputs=together(*(arrays(low=-4, high=4) for _ in range(4))).also(
        # x^2 sin(x) at 0 and at 1
        square_times_sine=call(
            np.array([0.0, 1.0]), np.array([0.0, 2.0]), np.sin([0.0, 1.0]), np.cos([0.0, 1.0])
        ),
        constant_factor=call(np.array([5.0]), np.array([0.0]), np.array([2.0]), np.array([3.0])),
        both_slopes_one=call(np.array([2.0]), np.array([1.0]), np.array([3.0]), np.array([1.0])),
    ),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "A rectangle has the sides u and v. Both grow a little: which strips are added to its area?",
        "Two strips: one where u grows along v, one where v grows along u.",
        "Test yourself with u = v = x: the slope of x^2 is 2x, and du dv would be 1.",
    ),
    formula=r"(u v)' = u' v + u v'",
    condition=lambda u, du, v, dv: 4 * (np.abs(du * v) + np.abs(u * dv)),
    oracle=_exact,
)


@exercise.mistake(caught_by=checks.matches_reference)
def product_of_the_slopes(u, du, v, dv):
    """The derivative of a product is not the product of the derivatives: for x times x that would be 1."""
    return du * dv


@exercise.mistake(caught_by=checks.matches_reference)
def second_term_forgotten(u, du, v, dv):
    """Only the first factor moves here. The second one does too: u dv is missing."""
    return du * v


@exercise.mistake(caught_by=checks.matches_reference)
def first_term_forgotten(u, du, v, dv):
    """Only the second factor moves here. The first one does too: du v is missing."""
    return u * dv


@exercise.mistake(caught_by=checks.matches_reference)
def minus(u, du, v, dv):
    """The minus sign belongs to the quotient rule. For a product the two terms are added."""
    return du * v - u * dv


@exercise.mistake(caught_by=checks.matches_reference)
def paired_with_itself(u, du, v, dv):
    """Each slope was multiplied by its own function. It belongs to the other one: du v + u dv."""
    return u * du + v * dv


@exercise.mistake(caught_by=checks.matches_reference)
def sum_rule(u, du, v, dv):
    """du + dv is the derivative of the sum. In a product each slope is multiplied by the other factor."""
    return du + dv


@exercise.mistake(caught_by=checks.matches_reference)
def product_itself(u, du, v, dv):
    """This is the product. Return its derivative."""
    return u * v


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(u, du, v, dv):
    """The caller's du was changed, as by `du *= v`. Make a new array."""
    du *= v
    return du + u * dv


@exercise.mistake(caught_by=checks.matches_reference)
def over_the_index(u, du, v, dv):
    """np.gradient measures differences of neighbours, over the index. The rule is exact: du v + u dv."""
    return np.gradient(u * v)
