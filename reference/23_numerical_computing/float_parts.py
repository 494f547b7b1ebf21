"""Parts of a float: sign, exponent and fraction."""

import math

import numpy as np

from grader import Exercise, call, checks, drawn


def float_parts(x: float) -> tuple[int, int, float]:
    """Return sign, exponent and fraction of a float64, so that x = sign * fraction * 2**exponent.

    Args:
        x: one number, a float or an integer.

    Returns:
        A tuple (sign, exponent, fraction):
        sign is the integer 1 or -1; -0.0 has sign -1.
        exponent is an integer, at least -1022.
        fraction is a float with 1 <= fraction < 2 for normal numbers. Subnormal numbers, which are smaller
        than 2**-1022, keep the exponent -1022 and have a fraction below 1. Zero has the exponent -1022 and
        the fraction 0.0.

    Raises:
        ValueError: x is inf, -inf or nan.

    >>> float_parts(-6.5)
    (-1, 2, 1.625)
    >>> float_parts(0.0)
    (1, -1022, 0.0)
    """
    if not math.isfinite(x):
        raise ValueError(f"{x} is not a finite number")
    bits = int(np.float64(x).view(np.uint64))
    sign = -1 if bits >> 63 else 1
    stored, fraction = bits >> 52 & 0x7FF, (bits & (2**52 - 1)) / 2**52
    return (sign, stored - 1023, 1 + fraction) if stored else (sign, -1022, fraction)


def _draw(rng):
    return call(float(rng.uniform(-2, 2) * 2.0 ** rng.integers(-40, 40)))


exercise = Exercise(
    float_parts,
    tags=("floating point",),
    difficulty="medium",
    minutes=20,
    inputs=drawn(_draw)
    .also(
        one=call(1.0),
        integer=call(-12),
        power_of_two=call(0.125),
        just_below_a_power_of_two=call(float(np.nextafter(8.0, 0.0))),
        largest=call(float(np.finfo(float).max)),
        smallest_normal=call(2.0**-1022),
        subnormal=call(-(2.0**-1030)),
        smallest_of_all=call(5e-324),
        zero=call(0.0),
        minus_zero=call(-0.0),
    )
    .only(plus_infinity=call(np.inf), minus_infinity=call(-np.inf), not_a_number=call(np.nan)),
    checks=(
        checks.matches_shape().named("Returns a tuple (sign, exponent, fraction)"),
        checks.items_match(0).named("The sign is right, that of zero too"),
        checks.items_match(1, 2).worth(3).named("Exponent and fraction are right"),
        checks.items_match(1, 2).on("s*").named("Right for the smallest numbers").worth(2),
        checks.raises("ValueError").on("*inity").named("Raises ValueError for infinity"),
        checks.raises("ValueError").on("not a number").named("Raises ValueError for nan"),
    ),
    hints=(
        "Write 6.5 as 1.something times a power of two. Which power?",
        "math.frexp gives a fraction from 0.5 up to 1: double it, and correct the exponent.",
        "Below 2**-1022 the exponent stays at -1022; what is then left of x is the fraction.",
        "-0.0 < 0 is False: math.copysign(1, x) sees the sign all the same.",
    ),
    formula=r"x = \pm f \cdot 2^{e}, \quad 1 \le f < 2",
    scale=0.0,
)


def _finite(x):
    if not math.isfinite(x):
        raise ValueError("not finite")


@exercise.mistake(caught_by="items_match_exponent_and_fraction_are_right")
def half_to_one(x):
    """This is frexp's own convention, with fractions from 0.5 up to 1. Here they go from 1 up to 2."""
    _finite(x)
    fraction, exponent = math.frexp(abs(x))
    return (-1 if math.copysign(1, x) < 0 else 1), exponent, fraction


@exercise.mistake(caught_by="items_match_the_sign_is_right_that_of_zero_too")
def sign_by_comparison(x):
    """-0.0 < 0 is False, so minus zero lost its sign. math.copysign(1, x) sees it."""
    _, exponent, fraction = float_parts(x)
    return (-1 if x < 0 else 1), exponent, fraction


@exercise.mistake(caught_by="items_match_the_sign_is_right_that_of_zero_too")
def sign_bit(x):
    """This is the bit that is stored, 0 or 1. The sign asked for is 1 or -1."""
    sign, exponent, fraction = float_parts(x)
    return (1 - sign) // 2, exponent, fraction


@exercise.mistake(caught_by="items_match_right_for_the_smallest_numbers")
def subnormal_as_normal(x):
    """Below 2**-1022 the exponent cannot fall further: it stays at -1022, and the fraction falls below 1."""
    sign, exponent, fraction = float_parts(x)
    if 0 < fraction < 1:
        fraction, exponent = math.frexp(abs(x))
        return sign, exponent - 1, 2 * fraction
    return sign, exponent, fraction


@exercise.mistake(caught_by="items_match_right_for_the_smallest_numbers")
def subnormal_one_lower(x):
    """A stored exponent of 0 means -1022 as well, not -1023: only the leading 1 is missing there."""
    sign, exponent, fraction = float_parts(x)
    return sign, exponent - (fraction < 1), fraction


@exercise.mistake(caught_by="items_match_right_for_the_smallest_numbers")
def leading_one_always(x):
    """Subnormal numbers have no leading 1: their fraction is below 1."""
    sign, exponent, fraction = float_parts(x)
    return sign, exponent, fraction if fraction >= 1 else 1 + fraction


@exercise.mistake(caught_by="items_match_exponent_and_fraction_are_right")
def logarithm(x):
    """The exponent may come from log2, which rounds just below a power of two. Use frexp, or the bits."""
    _finite(x)
    exponent = math.floor(math.log2(abs(x)))
    return (-1 if x < 0 else 1), exponent, abs(x) * 0.5**exponent


@exercise.mistake(caught_by="items_match_exponent_and_fraction_are_right")
def biased(x):
    """This is the exponent as it is stored, with 1023 added. Take that away."""
    sign, exponent, fraction = float_parts(x)
    return sign, (exponent + 1023 if fraction >= 1 else 0), fraction


@exercise.mistake(caught_by="raises_raises_valueerror_for_nan")
def nan_let_through(x):
    """nan passed unseen: it equals nothing, not even itself. math.isfinite asks for nan and infinity."""
    if x != x:
        return 1, 1024, 1.5
    return float_parts(x)


@exercise.mistake(caught_by="raises_raises_valueerror_for_infinity")
def minus_infinity_let_through(x):
    """-inf passed unseen: x == inf asks for one of the two alone. math.isfinite asks for both."""
    if x == -math.inf:
        return -1, 1024, 1.0
    return float_parts(x)


@exercise.mistake(caught_by="items_match_exponent_and_fraction_are_right")
def fraction_with_sign(x):
    """The fraction of a negative number kept its sign, which counts it twice. Take abs(x) first."""
    sign, exponent, fraction = float_parts(x)
    return sign, exponent, sign * fraction
