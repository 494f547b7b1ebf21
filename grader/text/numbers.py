"""Format numbers for people: 4 significant digits, a true minus sign, nan and inf as words."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from numbers import Complex, Integral, Real
from typing import Any, Final

# NumPy's numbers are told by Python's abstract types: commands that only show points start without NumPy.

MINUS: Final = "\N{MINUS SIGN}"
DIGITS: Final = 4
BITS: Final = 1024
"""Largest integer that is written in decimal digits; Python refuses those of more than 4300."""
_CENT: Final = Decimal("0.01")
EXACT: Final = 17
"""Significant digits with which two different float64 numbers always look different."""


def number(value: Any, digits: int = DIGITS) -> str:
    """Return a number with `digits` significant digits; whole numbers and booleans in full."""
    if isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b":
        return str(bool(value))
    if isinstance(value, Integral):
        if int(value).bit_length() > BITS:
            return f"{MINUS if value < 0 else ''}an integer of {int(value).bit_length():,} bits"
        return str(int(value)).replace("-", MINUS)
    if isinstance(value, Complex) and not isinstance(value, Real):
        imaginary = _real(float(value.imag), digits)
        sign = "" if imaginary.startswith(MINUS) else "+"
        return f"{_real(float(value.real), digits)}{sign}{imaginary}j"
    return _real(float(value), digits)


def points_text(value: float) -> str:
    """Return points with at most 2 decimals, halves rounded up: 10.625 is 10.63."""
    text = f"{Decimal(repr(float(value))).quantize(_CENT, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def _real(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return str(value).replace("-", MINUS)
    if 1 <= abs(value) < 1e6:
        digits = max(digits, len(str(int(abs(value)))))
    mantissa, e, exponent = f"{value:.{digits}g}".partition("e")
    return f"{mantissa}{e}{int(exponent) if e else ''}".replace("-", MINUS)


def _is_whole(value: Any) -> bool:
    """Return whether the value is an integer that a float represents exactly."""
    return isinstance(value, Integral) and not isinstance(value, bool) and abs(int(value)) <= 2**53


def pair(yours: Any, expected: Any) -> tuple[str, str]:
    """Return two different numbers with enough digits to see the difference."""
    if _is_whole(yours) != _is_whole(expected):  # 2000003 beside 2e6 would hide the difference
        yours, expected = (float(v) if _is_whole(v) else v for v in (yours, expected))
    for digits in range(DIGITS, EXACT + 1):
        texts = number(yours, digits), number(expected, digits)
        if texts[0] != texts[1]:
            return texts
    return str(yours).replace("-", MINUS), str(expected).replace("-", MINUS)


def apart(yours: Any, other: Any) -> tuple[str, str]:
    """Return two numbers, with enough digits to see a difference, or in short form if they are equal."""
    return (number(yours), number(other)) if yours == other else pair(yours, other)


def plural(count: float, noun: str) -> str:
    """Return `1 value`, `2 values`, `0.5 points`; nouns ending in s, x or ch take es."""
    if points_text(count) == "1":
        return f"1 {noun}"
    return f"{points_text(count)} {noun}{'es' if noun.endswith(('s', 'x', 'ch')) else 's'}"
