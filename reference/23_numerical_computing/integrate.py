"""Simpson's rule: areas by parabolas."""

from collections.abc import Callable

import numpy as np

from grader import Exercise, call, checks, drawn, given


def integrate(f: Callable, a: float, b: float, n: int) -> float:
    """Return the integral of `f` from a to b by the composite Simpson rule.

    With h = (b - a) / n and the points x_i = a + i h for i from 0 to n, it is h / 3 times the sum of the
    f(x_i) with the weights 1, 4, 2, 4, 2, ..., 2, 4, 1.

    Args:
        f: the function; it takes one number or an array, and returns a number or an array of that shape.
        a: start. If a > b, the integral from b to a is negated, as h is negative; if a = b, it is 0.
        b: end.
        n: number of steps, even and at least 2.

    Returns:
        One number.

    Raises:
        ValueError: n is odd or less than 2.

    >>> round(integrate(lambda x: x**2, 0, 3, 2), 6)
    9.0
    """
    if n < 2 or n % 2:
        raise ValueError(f"n is {n}; expected an even number, at least 2")
    y = f(np.linspace(a, b, n + 1))
    total = y[0] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum() + y[-1]
    return float((b - a) / n / 3 * total)


_NAMES = ("cubic_integrand", "wave_integrand", "bell_integrand", "quartic_integrand")


def _draw(rng):
    a, b = np.round(rng.uniform(-2, 2, size=2), 1)
    return call(given(_NAMES[rng.integers(4)]), float(a), float(b) + 0.05, 2 * int(rng.integers(1, 9)))


def _exact(m, f, a, b, n):
    """Return Richardson's step from the trapezoidal rule with n / 2 to that with n steps: Simpson's rule."""
    function = {
        "cubic_integrand": lambda x: x**3 - 2 * x + 1,
        "wave_integrand": lambda x: m.sin(3 * x) + x,
        "bell_integrand": lambda x: m.exp(-(x**2)),
        "quartic_integrand": lambda x: x**4,
    }[f.name]

    def trapezoids(steps):
        y = [function(a + i * (m.mpf(b) - a) / steps) for i in range(steps + 1)]
        return (m.mpf(b) - a) / steps * (sum(y) - (y[0] + y[-1]) / 2)

    return (4 * trapezoids(n) - trapezoids(n // 2)) / 3


exercise = Exercise(
    integrate,
    tags=("integration", "callables"),
    difficulty="medium",
    minutes=15,
    inputs=drawn(_draw)
    .also(
        one_parabola=call(given("quartic_integrand"), 0.0, 2.0, 2),
        four_steps=call(given("bell_integrand"), -1.0, 1.0, 4),
        exact_for_cubics=call(given("cubic_integrand"), 0, 2, 6),
        backwards=call(given("wave_integrand"), 1.5, -0.5, 10),
        no_distance=call(given("wave_integrand"), 1.0, 1.0, 4),
        many_steps=call(given("bell_integrand"), 0.0, 3.0, 200),
    )
    .only(
        odd_number=call(given("cubic_integrand"), 0.0, 1.0, 3),
        not_even_one_step=call(given("cubic_integrand"), 0.0, 1.0, 0),
    ),
    checks=(
        checks.matches_shape().named("Returns one number"),
        checks.matches_reference().worth(4),
        checks.matches_reference().on("backwards").named("Turning a and b turns the sign"),
        checks.raises("ValueError").on("odd number").named("Raises ValueError for an odd n"),
        checks.raises("ValueError").on("not even one step").named("Raises ValueError for n = 0"),
    ),
    hints=(
        "How many points do n steps have? Write them down for n = 4, with their weights.",
        "Odd places weigh 4, even ones inside weigh 2, the two ends weigh 1.",
        "y[1:-1:2] takes the odd places; y[2:-1:2] the even ones without the ends.",
    ),
    formula=r"\int_a^b f \approx \frac{h}{3} \bigl(f_0 + 4 f_1 + 2 f_2 + \dots + 4 f_{n-1} + f_n\bigr)",
    scale=30.0,
    condition=lambda f, a, b, n: 20 * n,
    oracle=_exact,
    equivalents={
        "if n < 1 or n % 2:": "1 is odd.",
        "y = f(np.linspace(b, a, n + 1))": "The weights are the same from both ends.",
        "total = y[0] + 4 * y[1:-1:2].sum() + 2 * y[2:-2:2].sum() + y[-1]": (
            "The number of points is odd: the same slice."
        ),
    },
)


def _weighted(f, a, b, n, weights):
    if n < 2 or n % 2:
        raise ValueError("n is odd or too small")
    x = np.linspace(a, b, n + 1)
    return float((b - a) / n * np.sum(weights(n) * f(x)))


def _simpson(n, *, odd=4.0, even=2.0, ends=1.0):
    w = np.where(np.arange(n + 1) % 2 == 1, odd, even)
    w[[0, -1]] = ends
    return w / 3


@exercise.mistake(caught_by=checks.matches_reference)
def trapezoids(f, a, b, n):
    """This is the trapezoidal rule, with straight lines. Simpson's has the weights 1, 4, 2, 4, ..., 1."""
    return _weighted(f, a, b, n, lambda n: 1.5 * _simpson(n, odd=2.0))


@exercise.mistake(caught_by=checks.matches_reference)
def weights_swapped(f, a, b, n):
    """4 and 2 are swapped: the odd places weigh 4."""
    return _weighted(f, a, b, n, lambda n: _simpson(n, odd=2.0, even=4.0))


@exercise.mistake(caught_by=checks.matches_reference)
def third_forgotten(f, a, b, n):
    """The factor 1/3 is missing: it is h / 3 times the weighted sum."""
    return 3 * _weighted(f, a, b, n, _simpson)


@exercise.mistake(caught_by=checks.matches_reference)
def ends_twice(f, a, b, n):
    """The two ends were counted with weight 2. They weigh 1."""
    return _weighted(f, a, b, n, lambda n: _simpson(n, ends=2.0))


@exercise.mistake(caught_by=checks.matches_reference)
def last_point_left_out(f, a, b, n):
    """f(b) is missing: n steps have n + 1 points."""
    return _weighted(f, a, b, n, lambda n: _simpson(n) * (np.arange(n + 1) < n))


@exercise.mistake(caught_by=checks.matches_reference)
def divided_by_points(f, a, b, n):
    """The step is (b - a) / n. There are n + 1 points, but n steps between them."""
    return _weighted(f, a, b, n, _simpson) * n / (n + 1)


@exercise.mistake(caught_by=checks.matches_reference)
def rectangles(f, a, b, n):
    """These are rectangles, one a step. Simpson's rule lays a parabola through three points."""
    return _weighted(f, a, b, n, lambda n: (np.arange(n + 1) < n) * 1.0)


@exercise.mistake(caught_by="matches_reference_turning_a_and_b_turns_the_sign")
def direction_lost(f, a, b, n):
    """With a > b the step is negative, and so is the area. Leave out the absolute value."""
    return integrate(f, min(a, b), max(a, b), n)


@exercise.mistake(caught_by="raises_raises_valueerror_for_an_odd_n")
def odd_let_through(f, a, b, n):
    """With an odd n the last parabola lacks a point, and a wrong number came back. Raise ValueError."""
    if n < 2:
        raise ValueError("too few steps")
    x = np.linspace(a, b, n + 1)
    return float((b - a) / n * np.sum(_simpson(n) * f(x)))


@exercise.mistake(caught_by="raises_raises_valueerror_for_n_0")
def no_steps_let_through(f, a, b, n):
    """0 is even, but no number of steps: the step would be (b - a) / 0. Ask for at least 2."""
    return 0.0 if n == 0 else integrate(f, a, b, n)


@exercise.mistake(caught_by=checks.matches_reference)
def three_eighths(f, a, b, n):
    """This is the 3/8 rule, with the weights 1, 3, 3, 2. Here it is h / 3 and 1, 4, 2, 4, ..., 4, 1."""

    def weights(n):
        w = np.where(np.arange(n + 1) % 3 == 0, 2.0, 3.0)
        w[[0, -1]] = 1.0
        return 3 / 8 * w

    return _weighted(f, a, b, n, weights)
