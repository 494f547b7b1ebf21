"""Functions that the cases of this lesson hand to yours; call them to try your own code."""

import math

import numpy as np


def sine_over_x(x):
    """Return sin(x) / x: not defined at 0, where its limit is 1."""
    return math.sin(x) / x


def hump_over_x_squared(x):
    """Return (1 - cos(x)) / x^2: not defined at 0, where its limit is 1/2; the difference needs care."""
    return (1 - math.cos(x)) / x**2


def hole_at_two(x):
    """Return (x^2 - 4) / (x - 2): not defined at 2, where its limit is 4."""
    return (x**2 - 4) / (x - 2)


def moved_point(x):
    """Return cos(x), but 7 at 0 itself: the limit there is 1."""
    return 7.0 if x == 0 else math.cos(x)


def jump_at_zero(x):
    """Return 1 for x > 0, else 0: the sides of 0 differ."""
    return 1.0 if x > 0 else 0.0


def opposite_sides_of_one(x):
    """Return |x - 1| / (x - 1): -1 on the left of 1, 1 on the right."""
    return abs(x - 1) / (x - 1)


def drop_at_zero(x):
    """Return 1 for x < 0, else 0: the right side of 0 is the lower one."""
    return 1.0 if x < 0 else 0.0


def half_step_at_one(x):
    """Return x, raised by 1/2 from 1 on."""
    return x + 0.5 if x >= 1 else x


def gentle(x):
    """Return x^2 / 4, continuous everywhere."""
    return x**2 / 4


def square(x):
    """Return x^2."""
    return x**2


def twice(x):
    """Return 2x, the derivative of x^2."""
    return 2 * x


def cube(x):
    """Return x^3."""
    return x**3


def three_squares(x):
    """Return 3 x^2, the derivative of x^3."""
    return 3 * x**2


def sine(x):
    """Return sin(x)."""
    return np.sin(x)


def cosine(x):
    """Return cos(x), the derivative of sin(x)."""
    return np.cos(x)


def cosine_of_square_times_twice(x):
    """Return 2x cos(x^2), the derivative of sin(x^2)."""
    return 2 * x * np.cos(x**2)


def exponential_growth(x):
    """Return e^x, which is its own derivative."""
    return np.exp(x)
