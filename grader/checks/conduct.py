"""Checks on how a function behaves as a citizen: what it changes, warns of, raises, repeats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.answer import Case
from grader.checks._kind import Origin, check
from grader.compare import differ, leaves
from grader.numerics.tolerance import Array
from grader.seen import Finding, Look, Seen, finding, sentence
from grader.show import number, value_text


@check()
def does_not_mutate(seen: Seen) -> Iterator[Finding]:
    """Leaves its arguments unchanged."""
    for look in seen.values():
        for position, (before, after) in enumerate(zip(look.case.args, look.answer.args_after, strict=False)):
            changed = _changed(before, after)
            if changed:
                message = f"Your function changed its input: {_name(position, look)}{changed}."
                yield Finding(look.case, message)


def _changed(before: object, after: object) -> str:
    for (where, old), (_, new) in zip(leaves(before), leaves(after), strict=False):
        if not isinstance(old, np.ndarray) or not isinstance(new, np.ndarray):
            continue
        if old.shape != new.shape or old.dtype != new.dtype:
            return f"{where} had shape {old.shape} and dtype {old.dtype}, now {new.shape} and {new.dtype}"
        if np.ascontiguousarray(old).tobytes() != np.ascontiguousarray(new).tobytes():
            at = tuple(int(i) for i in np.unravel_index(np.argmax(_bytes_differ(old, new)), old.shape))
            index = f"[{', '.join(map(str, at))}]" if at else ""
            return f"{where}{index} was {number(old[at])} and is now {number(new[at])}"
    return ""


def _bytes_differ(old: Array, new: Array) -> Array:
    """Return which elements, one after the other, have other bytes: 0 and −0 are equal, and yet a change."""
    rows = (np.frombuffer(a.tobytes(), np.uint8).reshape(a.size, -1) for a in (old, new))
    return np.asarray(np.not_equal(*rows).any(axis=1))


def _name(position: int, look: Look) -> str:
    names = look.names
    return names[position] if position < len(names) else f"argument {position + 1}"


@check()
def returns_new_array(seen: Seen) -> Iterator[Finding]:
    """Returns a new array, not a view of its input."""
    for look in seen.values():
        if differ(look.answer.value_after, look.answer.value, None):
            message = "Changing the input afterwards changed your output: both share memory. Return a copy."
            yield Finding(look.case, message)


@check(advice=True, reads="all", shrinks=False)
def no_warnings(seen: Seen) -> Iterator[Finding]:
    """Runs without warnings."""
    for look in seen.looks:
        if look.answer.fate == "returned":
            seen.judged += 1
        if look.answer.warnings:
            message = (
                f"{look.answer.warnings[0]}. A warning costs no points; it shows where numbers leave range."
            )
            yield Finding(look.case, message)


@check(shrinks=False)
def raises(seen: Seen, error: str) -> Iterator[Finding]:
    """Raises {error} for input that makes no sense."""
    for look in seen.looks:
        seen.judged += 1
        answer = look.answer
        if answer.fate == "raised" and answer.raised is not None:
            if error not in answer.raised.names:
                yield Finding(look.case, f"You raised {sentence(answer)[:-1]}; expected {error}.")
        elif answer.fate == "returned":
            message = f"You returned {value_text(answer.value)}; expected {error} to be raised."
            yield Finding(look.case, message)
        else:
            yield Finding(look.case, sentence(answer), "fault")


def _again(origin: Origin) -> Iterator[Case]:
    case = next(origin.inputs.public())
    yield replace(case, name=f"{case.name}, once more")


@check(needs=_again, reads="both", shrinks=False)
def deterministic(seen: Seen) -> Iterator[Finding]:
    """The same input gives the same output."""
    looks = {look.case.name: look for look in seen.values()}
    for name, look in looks.items():
        again = looks.get(f"{name}, once more")
        found = again and differ(again.answer.value, look.answer.value, None)
        if again and found:
            message = "Two calls with the same input gave different outputs."
            yield finding(again.case, found, message)
