"""Chain rule: the slope of a function inside a function."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from grader import Exercise, call, checks, drawn, given


def chain_rule(df: Callable, g: Callable, dg: Callable, x: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the derivative of f(g(x)) with respect to x.

    Args:
        df: derivative of the outer function f.
        g: inner function.
        dg: derivative of the inner function.
        x: where the slope is asked for, an array of any shape; integers too. df, g and dg each work on
            arrays of any shape.

    Returns:
        The slopes in the shape of `x`. They are exact: no difference of neighbours is to be taken.

    >>> chain_rule(lambda u: 2 * u, lambda x: 3 * x, lambda x: 3 + 0 * x, np.array([1.0, 2.0]))
    array([18., 36.])
    """
    return df(g(x)) * dg(x)


_OUTER = ("twice", "cosine", "exponential_growth", "cosine_of_square_times_twice", "three_squares")
_INNER = (("square", "twice"), ("cube", "three_squares"), ("sine", "cosine"))


def _draw(rng):
    inner, slope = _INNER[int(rng.integers(len(_INNER)))]
    x = np.round(rng.uniform(-1.2, 1.2, size=rng.integers(1, 6)), 2)
    return call(given(str(rng.choice(_OUTER))), given(inner), given(slope), x)


def _exact(m, df, g, dg, x):
    """Return the slope of the composed function, which mpmath differentiates without any rule."""
    outer = {
        "twice": lambda u: u**2,
        "cosine": m.sin,
        "exponential_growth": m.exp,
        "cosine_of_square_times_twice": lambda u: m.sin(u**2),
        "three_squares": lambda u: u**3,
    }[df.name]
    inner = {"square": lambda v: v**2, "cube": lambda v: v**3, "sine": m.sin}[g.name]
    return m.diff(lambda v: outer(inner(v)), x)


exercise = Exercise(
    chain_rule,
    tags=("derivative", "callables"),
    difficulty="easy",
    minutes=5,
    after=("product_rule",),
    inputs=drawn(_draw).also(
        sine_of_a_cube_squared=call(
            given("cosine_of_square_times_twice"), given("cube"), given("three_squares"),
            np.array([-1.0, 0.25, 0.5, 1.2]),
        ),
        square_of_a_sine=call(
            given("twice"), given("sine"), given("cosine"), np.array([[0.0, 0.5], [1.0, 2.0]])
        ),
        growth_of_a_square=call(
            given("exponential_growth"), given("square"), given("twice"), np.array([1, -1, 0])
        ),
        one_point=call(given("cosine"), given("square"), given("twice"), np.array([1.5])),
    ),
    checks=(
        checks.matches_shape().named("The output has the shape of x"),
        checks.does_not_mutate(),
        checks.matches_reference().worth(4),
    ),
    hints=(
        "If x moves by 1, g moves by dg; if g moves by 1, f moves by df. What does x do to f?",
        "The two slopes are multiplied. At which point is each of them taken?",
        "The outer slope is taken where the outer function stands: at g(x), not at x.",
    ),
    formula=r"(f \circ g)'(x) = f'(g(x))\, g'(x)",
    scale=8.0,
    condition=lambda *_: 500,
    oracle=_exact,
)  # fmt: skip


@exercise.mistake(caught_by=checks.matches_reference)
def outer_slope_at_x(df, g, dg, x):
    """The outer slope was taken at x. The outer function stands at g(x): df(g(x))."""
    return df(x) * dg(x)


@exercise.mistake(caught_by=checks.matches_reference)
def inner_slope_forgotten(df, g, dg, x):
    """The inner derivative is missing: multiply by dg(x)."""
    return df(g(x)) * 1.0


@exercise.mistake(caught_by=checks.matches_reference)
def inner_slope_at_g(df, g, dg, x):
    """The inner slope was taken at g(x). The inner function stands at x: dg(x)."""
    return df(g(x)) * dg(g(x))


@exercise.mistake(caught_by=checks.matches_reference)
def slope_in_the_slope(df, g, dg, x):
    """The inner slope was put into the outer one. Put g(x) into it, and multiply by dg(x)."""
    return df(dg(x))


@exercise.mistake(caught_by=checks.matches_reference)
def added(df, g, dg, x):
    """The two slopes were added. Multiply them: df says how f moves for each unit of g."""
    return df(g(x)) + dg(x)


@exercise.mistake(caught_by=checks.matches_reference)
def order_turned(df, g, dg, x):
    """The functions are in the wrong order: g works first, and df is taken at its result."""
    return g(df(x)) * dg(x)


@exercise.mistake(caught_by=checks.matches_reference)
def over_the_index(df, g, dg, x):
    """np.gradient measures differences of neighbours, over the index. The inner slope is dg(x)."""
    return df(g(x)) * np.gradient(g(x))


@exercise.mistake(caught_by=checks.matches_reference)
def outer_slope_at_the_inner_slope(df, g, dg, x):
    """The outer slope may be taken at dg(x). The outer function stands at g(x): df(g(x)) * dg(x)."""
    return df(dg(x)) * dg(x)


@exercise.mistake(caught_by=checks.matches_reference)
def both_over_the_index(df, g, dg, x):
    """np.gradient measures differences of neighbours, over the index. Multiply df(g(x)) and dg(x)."""
    return np.gradient(g(x)) * np.gradient(df(g(x)))


@exercise.mistake(caught_by=checks.matches_reference)
def outer_value(df, g, dg, x):
    """g(x) dg(x) leaves the outer function out. Take its slope df at g(x)."""
    return g(x) * dg(x)


@exercise.mistake(caught_by=checks.does_not_mutate)
def in_place(df, g, dg, x):
    """The caller's points were overwritten. Make a new array for the result."""
    slopes = df(g(x)) * dg(x)
    x[...] = g(x)
    return slopes
