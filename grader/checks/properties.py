"""Checks on how a function behaves as a whole: monotone, symmetric, invariant, idempotent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.cases.case import Case
from grader.checks.context import Finding, Look, Seen
from grader.checks.kind import Origin, check
from grader.numerics.tolerance import Array, signed, unit_roundoff, wrong
from grader.text.numbers import number, pair, plural

POINTS = 41


def _ramp(origin: Origin) -> Iterator[Case]:
    argument = origin.inputs.arguments[0]
    values = np.round(np.linspace(argument.low, argument.high, POINTS), 6)
    yield Case("evenly spaced inputs", (values.reshape((1,) * (len(argument.shape or "1") - 1) + (-1,)),))


@check(needs=_ramp, reads="own")
def increasing(seen: Seen) -> Iterator[Finding]:
    """Larger inputs never give smaller outputs."""
    for look in _numbers(seen):
        x, y = np.ravel(np.asarray(look.case.args[0])), np.ravel(signed(look.got))
        falls = np.diff(y) < -np.ravel(np.broadcast_to(_allowed(look), look.got.shape))[1:]
        if falls.any():
            at = int(np.argmax(falls))
            (before, after), (here, there) = (pair(v[at], v[at + 1]) for v in (y, x))
            message = (
                f"The output falls from {before} at {here} to {after} at {there}; expected it never to fall."
            )
            yield Finding(look.case, message, got=look.got)


def _negated(origin: Origin, total: float) -> Iterator[Case]:
    yield from _changed(origin, ", negated", lambda x: -x)


@check(needs=_negated, reads="both", shrinks=False)
def complements(seen: Seen, total: float) -> Iterator[Finding]:
    """f(z) + f(\N{MINUS SIGN}z) is {total}."""
    for one, other in _pairs(seen, ", negated"):
        left, right = signed(one.got), signed(other.got)
        expected = total - right
        off = wrong(one.got, expected, 2 * _allowed(one))
        if off.any():
            at = np.unravel_index(np.argmax(off), off.shape)
            z = np.asarray(one.case.args[0])[at]
            here, wanted = pair(left[at] + right[at], total)
            message = f"f({number(z)}) + f({number(-z)}) is {here}; expected {wanted}."
            yield Finding(one.case, message, got=one.got, expected=expected, wrong=off)


def _shifted(origin: Origin, by: float) -> Iterator[Case]:
    yield from _changed(origin, f" plus {by:g}", lambda x: x + by)


@check(needs=_shifted, reads="both", shrinks=False)
def shift_invariant(seen: Seen, by: float = 5.0) -> Iterator[Finding]:
    """Adding {by} to every input changes nothing."""
    for one, other in _pairs(seen, f" plus {by:g}"):
        # A shift moves each input by half an ulp of the larger number, which the answer may amplify.
        allowed = 4 * _allowed(one) + 16 * unit_roundoff(*one.case.args) * abs(by)
        off = wrong(other.got, one.got, allowed)
        if off.any():
            message = f"Adding {by:g} to every input changed {off.sum()} of {plural(off.size, 'value')}."
            yield Finding(other.case, message, got=other.got, expected=one.got, wrong=off)


def _scaled(origin: Origin, by: float) -> Iterator[Case]:
    yield from _changed(origin, f" times {by:g}", lambda x: x * by)


@check(needs=_scaled, reads="both", shrinks=False)
def homogeneous(seen: Seen, by: float = -2.0) -> Iterator[Finding]:
    """f({by} x) is |{by}| f(x).

    Args:
        by: a power of 2 or its negative, so that the product is exact.
    """
    for one, other in _pairs(seen, f" times {by:g}"):
        expected = abs(by) * signed(one.got)
        off = wrong(other.got, expected, abs(by) * _allowed(one) + _allowed(other))
        if off.any():
            at = np.unravel_index(np.argmax(off), off.shape)
            after, wanted = pair(other.got[at], expected[at])
            # As many digits as show that the other one is not |by| times as large.
            before, _ = pair(one.got[at], other.got[at] / abs(by))
            message = f"f(x) is {before}, f({number(by)} x) is {after}; expected {wanted}."
            yield Finding(other.case, message, got=other.got, expected=expected, wrong=off)


def _twice(origin: Origin) -> Iterator[Case]:
    for case in _plain(origin):
        yield replace(case, name=f"{case.name}, applied twice", args=(origin.solution(*case.args),))


@check(needs=_twice, reads="own", shrinks=False)
def idempotent(seen: Seen) -> Iterator[Finding]:
    """Applying it twice is the same as applying it once."""
    for look in seen.values():
        once = np.asarray(look.case.args[0])
        off = wrong(look.got, once, _allowed(look))
        if off.any():
            message = "Applied to its own output, the function changed it."
            yield Finding(look.case, message, got=look.got, expected=once, wrong=off)


@check()
def symmetric_matrix(seen: Seen) -> Iterator[Finding]:
    """The output is a symmetric matrix."""
    for look in _numbers(seen):
        off = wrong(look.got, look.got.T, 2 * _allowed(look))
        if off.any():
            i, j = (int(n) for n in np.unravel_index(np.argmax(off), off.shape))
            one, other = pair(look.got[i, j], look.got[j, i])
            message = (
                f"The value at row {i}, column {j} is {one}, "
                f"the one at row {j}, column {i} is {other}; expected equal ones."
            )
            yield Finding(look.case, message, got=look.got)


def _numbers(seen: Seen) -> Iterator[Look]:
    """Yield the cases without a nan that is not expected: nan equals nan, and would pass as anything."""
    for look in seen.values():
        lost = np.isnan(signed(look.got)) & ~np.isnan(signed(np.asarray(look.expected.value)))
        if not lost.any():
            yield look
            continue
        verb = "is" if lost.sum() == 1 else "are"
        message = f"{lost.sum()} of {plural(lost.size, 'value')} {verb} nan; expected numbers."
        seen.faults.append(
            Finding(look.case, message, got=look.got, expected=look.expected.value, wrong=lost)
        )


def _plain(origin: Origin) -> list[Case]:
    """Return the public cases whose every element is finite: arithmetic on them says something."""
    return [
        case
        for case in origin.inputs.public()
        if case.layout == "C" and np.isfinite(np.asarray(case.args[0], dtype=float)).all()
    ]


def _changed(origin: Origin, suffix: str, change: object) -> Iterator[Case]:
    for case in _plain(origin):
        first = change(np.asarray(case.args[0]))  # type: ignore[operator]  # a lambda of this module
        yield replace(case, name=case.name + suffix, args=(first, *case.args[1:]))


def _pairs(seen: Seen, suffix: str) -> Iterator[tuple[Look, Look]]:
    """Yield the cases that have a partner whose name ends in `suffix`, where both returned values."""
    looks = {look.case.name: look for look in _numbers(seen)}
    for name, look in looks.items():
        if name + suffix in looks:
            yield look, looks[name + suffix]


def _allowed(look: Look) -> Array:
    return np.asarray(0.0 if look.expected.allowed is None else look.expected.allowed)
