"""Limit: where a function is heading, whatever happens at the point itself."""

import math
from collections.abc import Callable

from grader import Exercise, call, checks, drawn, given


def estimate_limit(f: Callable, a: float) -> float:
    """Return an estimate of the limit of f at a.

    Args:
        f: called as f(x) with one number; near a it changes slowly, but at a itself it may raise, jump or
            have a value of its own, so it must not be asked there.
        a: one number; an integer too.

    Returns:
        The limit, with an error of at most 1e-3. If the limits from the left and from the right differ,
        nan. They differ by at least 0.1 or not at all. Distances of about 1e-4 from a serve well: at 0.1
        the function is still elsewhere, at 1e-8 rounding may take all digits.

    >>> round(estimate_limit(lambda x: (x * x - 9) / (x - 3), 3.0), 3)
    6.0
    >>> estimate_limit(lambda x: abs(x) / x, 0.0)
    nan
    """
    left, right = f(a - 1e-4), f(a + 1e-4)
    return (left + right) / 2 if abs(right - left) < 0.01 else math.nan


_PLACES = {
    "sine_over_x": 0.0,
    "hump_over_x_squared": 0.0,
    "hole_at_two": 2.0,
    "moved_point": 0.0,
    "jump_at_zero": 0.0,
    "opposite_sides_of_one": 1.0,
}


def _draw(rng):
    name = str(rng.choice(list(_PLACES)))
    if rng.random() < 0.5:
        return call(given("gentle"), round(float(rng.uniform(-2, 2)), 2))
    return call(given(name), _PLACES[name])


def _exact(m, f, a):
    """Return the limit as one finds it on paper."""
    if f.name == "gentle":
        return a**2 / 4
    known = {"sine_over_x": 1, "hump_over_x_squared": 0.5, "hole_at_two": 4, "moved_point": 1}
    return known.get(f.name, math.nan)


exercise = Exercise(
    estimate_limit,
    tags=("limit", "callables"),
    difficulty="medium",
    minutes=15,
    inputs=drawn(_draw)
    .also(
        sine_over_x=call(given("sine_over_x"), 0.0),
        hole_at_two=call(given("hole_at_two"), 2.0),
        value_of_its_own=call(given("moved_point"), 0.0),
        continuous=call(given("gentle"), 1.5),
        integer_point=call(given("gentle"), 2),
        difference_of_equals=call(given("hump_over_x_squared"), 0.0),
    )
    .only(
        sides_differ_at_zero=call(given("jump_at_zero"), 0.0),
        sides_differ_at_one=call(given("opposite_sides_of_one"), 1),
        sides_differ_by_a_half=call(given("half_step_at_one"), 1.0),
        sides_differ_downwards=call(given("drop_at_zero"), 0.0),
    ),
    checks=(
        checks.matches_shape().on("*").named("Returns one number"),
        checks.matches_reference().worth(5),
        checks.matches_reference().on("sides differ*").worth(2).named("nan where the sides differ"),
    ),
    hints=(
        "What would you answer for sin(x)/x at 0, if you may only ask near 0?",
        "Ask once a little to the left and once a little to the right, and compare.",
        "If both agree, take their mean; if not, return math.nan. How far away is near enough?",
    ),
    formula=r"\lim_{x \to a} f(x) = L \iff \lim_{x \to a^-} f(x) = \lim_{x \to a^+} f(x) = L",
    slack=1e-3,
    oracle=_exact,
    equivalents={
        "return (left + right) / 2 if abs(right - left) <= 0.01 else math.nan": (
            "The sides differ by 0.1 at least or not at all."
        ),
    },
)


@exercise.mistake(caught_by="matches_reference")
def value_at_the_point(f, a):
    """The function may be asked at a itself. The limit is where it is heading: ask near a, not at it."""
    return float(f(a))


@exercise.mistake(caught_by="matches_reference_nan_where_the_sides_differ")
def right_side_alone(f, a):
    """Only the right side may be asked, so a jump goes unnoticed. Ask on both sides and compare."""
    return float(f(a + 1e-4))


@exercise.mistake(caught_by="matches_reference_nan_where_the_sides_differ")
def left_side_alone(f, a):
    """Only the left side may be asked, so a jump goes unnoticed. Ask on both sides and compare."""
    return float(f(a - 1e-4))


@exercise.mistake(caught_by="matches_reference_nan_where_the_sides_differ")
def sides_not_compared(f, a):
    """The mean of both sides is no limit if they differ. Compare them first, and return nan."""
    return (f(a - 1e-4) + f(a + 1e-4)) / 2


@exercise.mistake(caught_by="matches_reference")
def too_close(f, a):
    """The points may be too close to a: at 1e-9, 1 - cos(x) is 0. Stay at about 1e-4."""
    left, right = f(a - 1e-9), f(a + 1e-9)
    return (left + right) / 2 if abs(right - left) < 0.01 else math.nan


@exercise.mistake(caught_by="matches_reference")
def too_far(f, a):
    """The points may be too far from a: at 0.25 the function is still elsewhere. Go nearer, to about 1e-4."""
    left, right = f(a - 0.25), f(a + 0.25)
    return (left + right) / 2 if abs(right - left) < 0.3 else math.nan


@exercise.mistake(caught_by="matches_reference")
def asked_for_equality(f, a):
    """Two sides are hardly ever equal to the last digit. Compare them with a tolerance."""
    left, right = f(a - 1e-4), f(a + 1e-4)
    return left if left == right else math.nan


@exercise.mistake(caught_by=checks.matches_shape)
def none_for_nan(f, a):
    """Where the sides differ nothing was returned. Return math.nan, which is a number to compute with."""
    left, right = f(a - 1e-4), f(a + 1e-4)
    return (left + right) / 2 if abs(right - left) < 0.01 else None


@exercise.mistake(caught_by=checks.matches_shape)
def both_sides(f, a):
    """Both sides came back. If they agree, return one number: their mean."""
    return f(a - 1e-4), f(a + 1e-4)


@exercise.mistake(caught_by="matches_reference_nan_where_the_sides_differ")
def larger_side(f, a):
    """Where the sides differ you returned the larger one. A limit is no maximum: return nan there."""
    return max(f(a - 1e-4), f(a + 1e-4))


@exercise.mistake(caught_by="matches_reference_nan_where_the_sides_differ")
def difference_with_sign(f, a):
    """A drop goes unnoticed: the difference may be compared with its sign. Take abs(right - left)."""
    left, right = f(a - 1e-4), f(a + 1e-4)
    return math.nan if right - left > 0.01 else (left + right) / 2
