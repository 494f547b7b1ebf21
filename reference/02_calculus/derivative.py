"""Derivative: a slope measured from both sides."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grader import Exercise, call, checks, drawn, given


def derivative(f: Callable, x: ArrayLike, h: float = 1e-5) -> NDArray[np.floating]:
    """Return the central difference quotient (f(x + h) - f(x - h)) / (2h).

    Args:
        f: works on each element of an array, and on one number.
        x: one number or an array of any shape; integers too; not changed.
        h: step to each side, positive.

    Returns:
        The slopes in the shape of `x`. An error of 1e-7 beside the quotient above is allowed, no more:
        with a large h the quotient is not the slope itself, and that is what is asked for.

    >>> round(float(derivative(lambda x: x**3, 2.0, h=0.5)), 6)
    12.25
    """
    points = np.asarray(x, dtype=float)
    return (f(points + h) - f(points - h)) / (2 * h)


def _draw(rng):
    name = str(rng.choice(["square", "cube", "sine", "exponential_growth"]))
    x = np.round(rng.uniform(-2, 2, size=rng.integers(1, 5)), 2)
    step = {"h": round(float(rng.uniform(0.05, 0.5)), 2)} if rng.random() < 0.6 else {}
    return call(given(name), x, **step)


def _exact(m, f, x, h=1e-5):
    """Return the quotient without its difference: for each function it has a closed form."""
    x, h = m.mpf(x), m.mpf(h)
    return {
        "square": lambda: 2 * x,
        "cube": lambda: 3 * x**2 + h**2,
        "sine": lambda: m.cos(x) * m.sin(h) / h,
        "exponential_growth": lambda: m.exp(x) * m.sinh(h) / h,
    }[f.name]()


exercise = Exercise(
    derivative,
    tags=("derivative", "callables", "keyword"),
    difficulty="easy",
    minutes=10,
    after=("estimate_limit",),
    inputs=drawn(_draw).also(
        one_number=call(given("sine"), 0.5),
        integer_point=call(given("cube"), 2),
        integer_array=call(given("cube"), np.array([1, -2, 3])),
        wide_step=call(given("cube"), np.array([-1.0, 0.0, 2.0]), h=0.5),
        matrix=call(given("exponential_growth"), np.array([[0.0, 1.0], [-1.0, 0.5]]), h=0.1),
        at_the_turning_point=call(given("square"), 0.0, h=0.25),
    ),
    checks=(
        checks.matches_shape().named("The output has the shape of x"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
    ),
    hints=(
        "Between x - h and x + h: how much does f rise, and over what distance?",
        "The distance from x - h to x + h is 2h; mind the parentheses.",
        "Use the parameter h, and make new arrays: x + h does, x += h does not.",
    ),
    formula=r"f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}, \quad \text{error } O(h^2)",
    slack=1e-7,
    oracle=_exact,
    equivalents={
        "points = np.asarray(x)": "Adding h makes floats.",
    },
)


def _at(x):
    return np.asarray(x, dtype=float)


@exercise.mistake(caught_by=checks.matches_reference)
def forward(f, x, h=1e-5):
    """One step to the right alone may be taken: its error shrinks like h, not h^2. Step to both sides."""
    return (f(_at(x) + h) - f(_at(x))) / h


@exercise.mistake(caught_by=checks.matches_reference)
def backward(f, x, h=1e-5):
    """One step to the left alone may be taken: its error shrinks like h, not h^2. Step to both sides."""
    return (f(_at(x)) - f(_at(x) - h)) / h


@exercise.mistake(caught_by=checks.matches_reference)
def divided_by_h(f, x, h=1e-5):
    """From x - h to x + h it is 2h: the slope is twice too large."""
    return (f(_at(x) + h) - f(_at(x) - h)) / h


@exercise.mistake(caught_by=checks.matches_reference)
def parentheses_forgotten(f, x, h=1e-5):
    """/ 2 * h divides by 2 and multiplies by h. Write / (2 * h)."""
    return (f(_at(x) + h) - f(_at(x) - h)) / 2 * h


@exercise.mistake(caught_by=checks.matches_reference)
def half_steps(f, x, h=1e-5):
    """The steps may be only h/2 wide. Go the whole h to each side, and divide by 2h."""
    return (f(_at(x) + h / 2) - f(_at(x) - h / 2)) / h


@exercise.mistake(caught_by=checks.matches_reference)
def half_steps_over_the_whole(f, x, h=1e-5):
    """The slope is half too small: the steps may be h/2 wide, and the division by 2h. Go h to each side."""
    return (f(_at(x) + h / 2) - f(_at(x) - h / 2)) / (2 * h)


@exercise.mistake(caught_by=checks.matches_reference)
def fixed_step(f, x, h=1e-5):
    """The step may always be the same, whatever h is passed. Use the parameter."""
    return derivative(f, x)


@exercise.mistake(caught_by=checks.matches_reference)
def sign_turned(f, x, h=1e-5):
    """The left value was taken first. It is f(x + h) minus f(x - h)."""
    return -derivative(f, x, h)


@exercise.mistake(caught_by=checks.matches_reference)
def step_too_small(f, x, h=1e-5):
    """The step may be so small that rounding decides about the digits. Use the h that is passed."""
    return derivative(f, x, h * 1e-9)


@exercise.mistake(caught_by=checks.does_not_mutate)
def moved_in_place(f, x, h=1e-5):
    """The caller's x was moved, as by `x += h`, which integers refuse. Write f(x + h)."""
    slopes = derivative(f, x, h)
    x += h
    return slopes
