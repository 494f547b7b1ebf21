"""Patterns of common slips: how each changes the right answer, such as by a factor, and what to tell."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Case

Array = NDArray[Any]
Made = Callable[[Case, Array], Array | None]


@dataclass(frozen=True)
class Pattern:
    """A slip, and its message to the student."""

    name: str
    made: Made
    """Returns the answer that the slip predicts for a case and its expected answer, or None."""
    message: str
    """The likely cause, hedged."""
    evidence: str
    """What all answers have in common; it follows the words `In all 6 cases`."""


def _factor(name: str, factor: float, words: str, message: str) -> Pattern:
    return Pattern(name, lambda _, e: factor * e, message, f"your values are {words} the expected ones")


def _value(name: str, change: Callable[[Array], Array], words: str, message: str) -> Pattern:
    return Pattern(name, lambda _, e: np.asarray(change(e)), message, f"your values are {words}")


def _shaped(
    name: str, change: Callable[[Array], Array], words: str, message: str, *, ndim: int = 1
) -> Pattern:
    """Return a pattern that moves values without changing them, for arrays of at least `ndim` dimensions."""

    def made(_: Case, expected: Array) -> Array | None:
        return change(expected) if expected.ndim >= ndim else None

    return Pattern(name, made, message, f"your values are the expected ones, {words}")


def _size(case: Case, axis: int | None) -> int | None:
    """Return the length of the first array argument along `axis`, or its number of elements for None."""
    arrays = [a for a in case.args if isinstance(a, np.ndarray) and a.ndim]
    if not arrays or (axis is not None and arrays[0].ndim <= axis):
        return None
    return arrays[0].size if axis is None else arrays[0].shape[axis]


def _counted() -> Iterator[Pattern]:
    """Yield the patterns of a missing mean and of a mean too many, such as dX instead of dX / n."""
    for axis, words in ((0, "rows"), (1, "columns"), (None, "elements")):
        # `axis` is a default value, because a closure would see the last axis of the loop.
        def times(case: Case, e: Array, axis: int | None = axis) -> Array | None:
            n = _size(case, axis)
            return None if n is None else n * e

        def over(case: Case, e: Array, axis: int | None = axis) -> Array | None:
            n = _size(case, axis)
            return None if not n else e / n

        yield Pattern(
            f"times the number of {words}",
            times,
            f"A division by the number of {words} may be missing, or a mean may stand where a sum belongs.",
            f"your values are the expected ones times the number of {words}",
        )
        yield Pattern(
            f"divided by the number of {words}",
            over,
            f"The result may be divided by the number of {words} once too often.",
            f"your values are the expected ones divided by the number of {words}",
        )


def _round(digits: int, values: Array) -> Array:
    return np.asarray(np.round(values, digits))


def _rounded() -> Iterator[Pattern]:
    for digits in range(1, 8):
        yield _value(
            f"rounded to {digits}",
            partial(_round, digits),
            f"the expected ones rounded to {digits} decimals",
            "The result is rounded. Return it in full; printing is the place to round.",
        )


def _moved(name: str, axis: int, by: int) -> Pattern:
    """Return the pattern of values that are one place too far along an axis, wrapped around at its end."""
    place = "late" if by > 0 else "early"

    def made(_: Case, e: Array) -> Array | None:
        return np.roll(e, by, axis=axis) if e.ndim > axis else None

    message = (
        "An index may be off by one, or the axis wrapped around: compare the first element with the last."
    )
    return Pattern(
        name, made, message, f"your values are the expected ones one place too {place} along axis {axis}"
    )


def _cut(name: str, part: slice, words: str) -> Pattern:
    message = f"An index may be off by one: the {words} element along the first axis is missing."
    return _shaped(name, lambda e: e[part], f"without the {words} along the first axis", message)


def _both(one: Pattern, other: Pattern) -> Pattern:
    """Return the pattern of two slips at once."""

    def made(case: Case, expected: Array) -> Array | None:
        first = one.made(case, expected)
        return None if first is None else other.made(case, first)

    return Pattern(
        f"{one.name} and {other.name}",
        made,
        f"{one.message} Besides: {other.message}",
        f"{one.evidence}, and besides {other.evidence}",
    )


# fmt: off  # one line for the change, one for the message
_SINGLE: Final[tuple[Pattern, ...]] = (
    _factor("sign", -1, "−1 times", "A minus sign may be missing, or one too many."),
    _value(
        "whole numbers",
        np.trunc,
        "the expected ones cut to whole numbers",
        "An integer array may hold the results, as np.zeros_like makes one of integers. Ask for floats.",
    ),
    *_rounded(),
    _factor(
        "log10",
        1 / math.log(10),
        "0.4343 times",
        "The logarithm may be to base 10: np.log10 where np.log, the natural one, belongs.",
    ),
    _factor(
        "log2",
        1 / math.log(2),
        "1.443 times",
        "The logarithm may be to base 2: np.log2 where np.log, the natural one, belongs.",
    ),
    _factor("1/255", 1 / 255, "1/255 of", "The values may be scaled from 0…255 to 0…1 once too often."),
    _factor("255", 255, "255 times", "The values may not be scaled from 0…255 to 0…1."),
    *_counted(),
    _factor("half", 0.5, "half", "A factor 2 may be missing, or a factor 1/2 too many."),
    _factor("double", 2, "twice", "A factor 1/2 may be missing, or a factor 2 too many."),
    _value(
        "complement",
        lambda e: 1 - e,
        "1 minus the expected ones",
        "The complement may be returned: 1 − p where p belongs, or a turned comparison.",
    ),
    _value(
        "one more",
        lambda e: e + 1,
        "1 larger than the expected ones",
        "A 1 may be added once too often, or not subtracted.",
    ),
    _value(
        "one less",
        lambda e: e - 1,
        "1 smaller than the expected ones",
        "A 1 may be subtracted once too often, or not added.",
    ),
    _value(
        "square",
        np.square,
        "the squares of the expected ones",
        "A square root may be missing, or a square too many.",
    ),
    _value(
        "square root",
        np.sqrt,
        "the square roots of the expected ones",
        "A square may be missing, or a square root too many.",
    ),
    _value(
        "logarithm",
        np.log,
        "the logarithms of the expected ones",
        "An exponential may be missing, or a logarithm too many.",
    ),
    _value(
        "exponential",
        np.exp,
        "the exponentials of the expected ones",
        "A logarithm may be missing, or an exponential too many.",
    ),
    _value(
        "reciprocal",
        np.reciprocal,
        "1 divided by the expected ones",
        "Numerator and denominator may have changed places.",
    ),
    _value(
        "absolute",
        np.abs,
        "the absolute values of the expected ones",
        "The sign may be lost on the way, in an absolute value or a square.",
    ),
    _shaped(
        "transposed",
        np.transpose,
        "transposed",
        "Rows and columns may have changed places: look at each transpose and product.",
        ndim=2,
    ),
    _shaped("flattened", np.ravel, "in one row", "The result may be flattened. Keep its shape.", ndim=2),
    _shaped(
        "column",
        lambda e: e[..., None],
        "with an axis of length 1 at the end",
        "An axis of length 1 may be left over: keepdims=True, or a column where a vector belongs.",
    ),
    _shaped(
        "row",
        lambda e: e[None],
        "with an axis of length 1 in front",
        "An axis of length 1 may be left over in front.",
    ),
    _shaped(
        "rows reversed",
        lambda e: e[::-1],
        "in reverse order along the first axis",
        "The order along the first axis may be reversed.",
    ),
    _shaped(
        "columns reversed",
        lambda e: e[:, ::-1],
        "in reverse order along the second axis",
        "The order along the second axis may be reversed.",
        ndim=2,
    ),
    *(_moved(f"moved {by} along {axis}", axis, by) for axis in (0, 1) for by in (1, -1)),
    _cut("last missing", slice(None, -1), "last"),
    _cut("first missing", slice(1, None), "first"),
)
# fmt: on
_SCALES: Final = tuple(p for p in _SINGLE if p.name in ("half", "double") or "number of" in p.name)
PATTERNS: Final[tuple[Pattern, ...]] = (*_SINGLE, *(_both(_SINGLE[0], scale) for scale in _SCALES))
"""Most specific first: the first pattern that fits is reported. Last, a wrong sign and another slip."""
