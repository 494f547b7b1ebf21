"""Checks of a function's properties: monotone, symmetric, invariant, idempotent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Case
from grader.checks.context import CheckContext, Finding, Observation
from grader.checks.kind import Origin, check
from grader.numerics.tolerance import signed, unit_roundoff, wrong
from grader.text.numbers import number, pair, plural

POINTS = 41


def _ramp(origin: Origin) -> Iterator[Case]:
    argument = origin.inputs.arguments[0]
    values = np.round(np.linspace(argument.low, argument.high, POINTS), 6)
    yield Case("evenly spaced inputs", (values.reshape((1,) * (len(argument.shape or "1") - 1) + (-1,)),))


@check(needs=_ramp, reads="own")
def increasing(context: CheckContext) -> Iterator[Finding]:
    """Larger inputs never give smaller outputs."""
    for observed in _numbers(context):
        x, y = np.ravel(np.asarray(observed.case.args[0])), np.ravel(signed(observed.got))
        falls = (
            np.diff(y) < -np.ravel(np.broadcast_to(observed.expected.allowed.at(), observed.got.shape))[1:]
        )
        if falls.any():
            at = int(np.argmax(falls))
            (before, after), (here, there) = (pair(v[at], v[at + 1]) for v in (y, x))
            message = (
                f"The output falls from {before} at {here} to {after} at {there}; expected it never to fall."
            )
            yield Finding(observed.case, message, got=observed.got)
    yield from _not_numbers(context)


def _negated(origin: Origin, total: float) -> Iterator[Case]:
    yield from _changed(origin, ", negated", lambda x: -x)


@check(needs=_negated, reads="both", shrinks=False)
def complements(context: CheckContext, total: float) -> Iterator[Finding]:
    """f(z) + f(\N{MINUS SIGN}z) is {total}."""
    for one, other in _pairs(context, ", negated"):
        left, right = signed(one.got), signed(other.got)
        expected = total - right
        off = wrong(one.got, expected, 2 * one.expected.allowed.at())  # once for each of the two answers
        if off.any():
            at = np.unravel_index(np.argmax(off), off.shape)
            z = np.asarray(one.case.args[0])[at]
            here, wanted = pair(left[at] + right[at], total)
            message = f"f({number(z)}) + f({number(-z)}) is {here}; expected {wanted}."
            yield Finding(one.case, message, got=one.got, expected=expected, wrong=off)
    yield from _not_numbers(context)


def _shifted(origin: Origin, by: float) -> Iterator[Case]:
    yield from _changed(origin, f" plus {by:g}", lambda x: x + by)


@check(needs=_shifted, reads="both", shrinks=False)
def shift_invariant(context: CheckContext, by: float = 5.0) -> Iterator[Finding]:
    """Adding {by} to every input changes nothing."""
    for one, other in _pairs(context, f" plus {by:g}"):
        # Adding `by` rounds each input by up to half an ulp, which the function may amplify.
        allowed = 4 * one.expected.allowed.at() + 16 * unit_roundoff(*one.case.args) * abs(by)
        off = wrong(other.got, one.got, allowed)
        if off.any():
            message = f"Adding {by:g} to every input changed {off.sum()} of {plural(off.size, 'value')}."
            yield Finding(other.case, message, got=other.got, expected=one.got, wrong=off)
    yield from _not_numbers(context)


def _scaled(origin: Origin, by: float) -> Iterator[Case]:
    yield from _changed(origin, f" times {by:g}", lambda x: x * by)


@check(needs=_scaled, reads="both", shrinks=False)
def homogeneous(context: CheckContext, by: float = -2.0) -> Iterator[Finding]:
    """f({by} x) is |{by}| f(x).

    Args:
        by: a power of 2 or its negative, so that the product is exact.
    """
    for one, other in _pairs(context, f" times {by:g}"):
        expected = abs(by) * signed(one.got)
        off = wrong(other.got, expected, abs(by) * one.expected.allowed.at() + other.expected.allowed.at())
        if off.any():
            at = np.unravel_index(np.argmax(off), off.shape)
            after, wanted = pair(other.got[at], expected[at])
            # With enough digits to show that the other value is not |by| times this one.
            before, _ = pair(one.got[at], other.got[at] / abs(by))
            message = f"f(x) is {before}, f({number(by)} x) is {after}; expected {wanted}."
            yield Finding(other.case, message, got=other.got, expected=expected, wrong=off)
    yield from _not_numbers(context)


def _twice(origin: Origin) -> Iterator[Case]:
    for case in _plain(origin):
        yield replace(case, name=f"{case.name}, applied twice", args=(origin.solution(*case.args),))


@check(needs=_twice, reads="own", shrinks=False)
def idempotent(context: CheckContext) -> Iterator[Finding]:
    """Applying it twice is the same as applying it once."""
    for observed in context.judged:
        once = np.asarray(observed.case.args[0])
        off = wrong(observed.got, once, observed.expected.allowed.at())
        if off.any():
            message = "Applied to its own output, the function changed it."
            yield Finding(observed.case, message, got=observed.got, expected=once, wrong=off)


@check()
def symmetric_matrix(context: CheckContext) -> Iterator[Finding]:
    """The output is a symmetric matrix."""
    for observed in _numbers(context):
        off = wrong(observed.got, observed.got.T, 2 * observed.expected.allowed.at())
        if off.any():
            i, j = (int(n) for n in np.unravel_index(np.argmax(off), off.shape))
            one, other = pair(observed.got[i, j], observed.got[j, i])
            message = (
                f"The value at row {i}, column {j} is {one}, "
                f"the one at row {j}, column {i} is {other}; expected equal ones."
            )
            yield Finding(observed.case, message, got=observed.got)
    yield from _not_numbers(context)


def _lost(observed: Observation) -> NDArray[np.bool_]:
    """Return where an answer is nan but should be a number.

    As `wrong` treats nan as equal to nan, a function that always returns nan would have every property.
    """
    return np.isnan(signed(observed.got)) & ~np.isnan(signed(np.asarray(observed.expected.value)))


def _numbers(context: CheckContext) -> list[Observation]:
    return [observed for observed in context.judged if not _lost(observed).any()]


def _not_numbers(context: CheckContext) -> Iterator[Finding]:
    for observed in context.judged:
        lost = _lost(observed)
        if lost.any():
            verb = "is" if lost.sum() == 1 else "are"
            message = f"{lost.sum()} of {plural(lost.size, 'value')} {verb} nan; expected numbers."
            yield Finding(
                observed.case,
                message,
                got=observed.got,
                expected=observed.expected.value,
                wrong=lost,
            )


def _plain(origin: Origin) -> list[Case]:
    """Return the public cases with finite elements only: inf + 5 is inf, which would show nothing."""
    return [
        case
        for case in origin.inputs.public()
        if case.layout == "C" and np.isfinite(np.asarray(case.args[0], dtype=float)).all()
    ]


def _changed(origin: Origin, suffix: str, change: object) -> Iterator[Case]:
    for case in _plain(origin):
        first = change(np.asarray(case.args[0]))  # type: ignore[operator]  # a lambda of this module
        yield replace(case, name=case.name + suffix, args=(first, *case.args[1:]))


def _pairs(context: CheckContext, suffix: str) -> Iterator[tuple[Observation, Observation]]:
    """Yield each case with its partner, whose name has the `suffix` in addition, if both can be judged."""
    observations = {observed.case.name: observed for observed in _numbers(context)}
    for name, observed in observations.items():
        if name + suffix in observations:
            yield observed, observations[name + suffix]
