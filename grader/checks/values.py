"""Checks of the numbers of an answer: they match, are in range, sum to a total, or are finite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.cases.case import Case
from grader.checks.compare import differ
from grader.checks.context import CheckContext, Finding, Observation, finding
from grader.checks.kind import Origin, check
from grader.numerics.tolerance import Array, tolerance, unit_roundoff, wrong
from grader.text.numbers import number, pair, plural


def _close(context: CheckContext) -> Iterator[Finding]:
    for observed in context.judged:
        found = differ(observed.answer.value, observed.expected.value, observed.expected.allowed)
        if found:
            yield finding(observed.case, found)


@check(judges="shapes", compares=True)
def matches_reference(context: CheckContext) -> Iterator[Finding]:
    """Matches the reference values."""
    yield from _close(context)


def _extremes(origin: Origin, *values: float) -> Iterator[Case]:
    first = origin.inputs.arguments[0].shape
    names = [number(v) for v in values]
    if first is None or len(first) == 1:
        yield Case(f"{', '.join(names)} and 0", (np.array([*values, 0.0]),))
        return
    for name, value in zip(names, values, strict=True):
        yield Case(f"all {name}", (np.full((2, 3), value),))
    low, high = min(values), max(values)
    large, small = number(high), number(low)
    yield Case(f"{large} beside {small}", (np.array([[high, low, 0.0], [low, low, high]]),))
    yield Case(f"a row of {large}, a row of {small}", (np.array([[high] * 3, [low] * 3]),))
    if high <= 1e4:
        yield Case(f"about {large}", (np.array([[high + 1, high + 2, high + 3]]),))
        yield Case(f"{3 * high:g} beside 0", (np.array([[3 * high, 0.0, high]]),))


@check(needs=_extremes, judges="shapes", reads="own", compares=True)
def stable_at(context: CheckContext, *values: float) -> Iterator[Finding]:
    """Right for inputs as large as {values}."""
    yield from _close(context)


@check()
def within(context: CheckContext, low: float, high: float) -> Iterator[Finding]:
    """Every value is between {low} and {high}."""
    for observed in context.judged:
        bound = np.clip(observed.got, low, high)
        allowed = tolerance(bound, roundoff=_roundoff(observed))
        off = wrong(observed.got, bound, allowed) | np.isnan(observed.got)
        if off.any():
            worst = observed.got[np.unravel_index(np.argmax(off), off.shape)]
            value, least, most = _outside(worst, low, high)
            message = f"A value is {value}; expected all of them between {least} and {most}."
            # Show the expected values, not the bound, which is no right value. Mark those that are wrong,
            # too.
            off |= wrong(observed.got, np.asarray(observed.expected.value), observed.expected.allowed.at())
            yield Finding(
                observed.case, message, got=observed.got, expected=observed.expected.value, wrong=off
            )


def _outside(value: Any, low: float, high: float) -> tuple[str, str, str]:
    """Return a value and its bounds as texts; the value and the bound that it violates differ visibly."""
    if value < low:
        return *pair(value, low), number(high)
    value, most = pair(value, high)
    return value, number(low), most


@check()
def non_negative(context: CheckContext) -> Iterator[Finding]:
    """No value is negative."""
    for observed in context.judged:
        off = ~(observed.got >= 0)
        if off.any():
            worst = observed.got[np.unravel_index(np.argmax(off), off.shape)]
            message = f"A value is {number(worst)}; expected none below 0."
            yield Finding(observed.case, message, got=observed.got)


@check()
def finite(context: CheckContext) -> Iterator[Finding]:
    """Every value is finite."""
    for observed in context.judged:
        off = ~np.isfinite(observed.got)
        if off.any():
            verb = "is" if off.sum() == 1 else "are"
            message = (
                f"{off.sum()} of {plural(off.size, 'value')} {verb} nan or inf; expected finite numbers."
            )
            yield Finding(observed.case, message, got=observed.got)


def _sums(context: CheckContext, total: float, axis: int) -> Iterator[Finding]:
    for observed in context.judged:
        sums = np.asarray(observed.got.sum(axis=axis))
        # Rounding grows with the size of the terms, not of their sum: 1e8 - 1e8 + 1 sums to 1.
        terms = np.abs(observed.got).sum(axis=axis)
        allowed = tolerance(np.full(sums.shape, total), roundoff=_roundoff(observed), condition=terms)
        off = wrong(sums, np.full(sums.shape, total), allowed * max(1, observed.got.shape[axis]))
        if off.any():
            at = int(np.argmax(off))
            here, wanted = pair(sums.reshape(-1)[at], total)
            message = f"{_line(observed.got, axis, at)} to {here}; expected {wanted}."
            yield Finding(observed.case, message, got=observed.got)


@check()
def sums_to_one(context: CheckContext, axis: int = -1) -> Iterator[Finding]:
    """The values along axis {axis} sum to 1."""
    yield from _sums(context, 1.0, axis)


@check()
def sums_to(context: CheckContext, total: float, axis: int = -1) -> Iterator[Finding]:
    """The values along axis {axis} sum to {total}."""
    yield from _sums(context, total, axis)


def _line(got: Array, axis: int, at: int) -> str:
    """Return the beginning of a sentence on one sum, with the verb; `at` counts the sums in C order."""
    if got.ndim < 2:
        return "The output sums"
    if got.ndim == 2:
        return f"Row {at} sums" if axis % 2 else f"Column {at} sums"
    place = list(map(str, np.unravel_index(at, np.delete(got.shape, axis))))
    place.insert(axis % got.ndim, ":")
    return f"The values at [{', '.join(place)}] sum"


def _roundoff(observed: Observation) -> float:
    return unit_roundoff(*observed.case.args)
