"""Checks on how a function behaves as a citizen: what it changes, warns of, raises, repeats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import paths, place
from grader.checks.compare import differ, unlike
from grader.checks.context import Finding, Look, Seen, fault, finding, sentence
from grader.checks.kind import Origin, check
from grader.numerics.tolerance import Array
from grader.text.numbers import pair
from grader.text.values import literal_text, value_text, value_texts
from grader.worker.wire import Given, Rng

_PLAIN = (bool, int, float, complex, str, np.generic, type(None))


@check()
def does_not_mutate(seen: Seen) -> Iterator[Finding]:
    """Leaves its arguments unchanged."""
    for look in seen.values():
        for name, before, after in _arguments(look):
            changed = "" if after is before else _changed(before, after)
            if changed:
                message = f"Your function changed its input: {name}{changed}."
                yield Finding(look.case, message, public="Your function changed its input.")


def _arguments(look: Look) -> Iterator[tuple[str, object, object]]:
    """Yield name, value before and value after the call of each argument."""
    for position, (before, after) in enumerate(zip(look.case.args, look.answer.args_after, strict=False)):
        yield _name(position, look), before, after
    for name, before in look.case.kwargs.items():
        yield name, before, look.answer.kwargs_after.get(name, before)


def _changed(before: object, after: object) -> str:
    # By path, not by the words for it: those are made of keys, and a student's may be long.
    old, new = dict(paths(before)), dict(paths(after))
    for path, part in old.items():
        text = _difference(part, new[path]) if path in new else " is no longer there"
        if text:
            return place(before, path) + text
    added = next((path for path in new if path not in old), None)
    return f"{place(after, added)} was added" if added else ""


def _difference(old: object, new: object) -> str:
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        return _array_difference(old, new)
    # Generators and given functions do not come back: only plain values can be compared.
    if isinstance(old, (Given, Rng)) or (not isinstance(new, np.ndarray) and _alike(old, new)):
        return ""
    before, now = value_texts(old, new)
    if before == now:  # of two types, as 1 and 1.0 are
        before, now = literal_text(old), literal_text(new)
    return f" was {before} and is now {now}"


def _alike(old: object, new: object) -> bool:
    """Return whether two values of one part are written in the same way: nan is nan, and 1 is not 1.0."""
    return isinstance(new, _PLAIN) and repr(old) == repr(new)


def _array_difference(old: Array, new: Array) -> str:
    if old.shape != new.shape or old.dtype != new.dtype:
        return f" had shape {old.shape} and dtype {old.dtype}, now {new.shape} and {new.dtype}"
    before, now = old.tobytes(), new.tobytes()
    if before == now:
        return ""
    one, other = (np.frombuffer(b, np.uint8).reshape(-1, old.itemsize) for b in (before, now))
    # A nan that is another nan now looks like the one before: no message could tell it.
    differs = (one != other).any(axis=1) & ~np.ravel(np.isnan(old) & np.isnan(new))
    if not differs.any():
        return ""
    at = tuple(int(i) for i in np.unravel_index(int(np.argmax(differs)), old.shape))
    index = f"[{', '.join(map(str, at))}]" if at else ""
    was, is_now = pair(old[at], new[at])
    return f"{index} was {was} and is now {is_now}"


def _name(position: int, look: Look) -> str:
    names = look.names
    return names[position] if position < len(names) else f"argument {position + 1}"


@check()
def returns_new_array(seen: Seen) -> Iterator[Finding]:
    """Returns a new array, not a view of its input."""
    for look in seen.values():
        now, then = look.answer.value_after, look.answer.value
        if unlike(now, then) or differ(now, then, None):
            message = "Changing the input afterwards changed your output: both share memory. Return a copy."
            yield Finding(
                look.case, message, public="Your output shares memory with the input. Return a copy."
            )


@check(advice=True, reads="all", shrinks=False)
def no_warnings(seen: Seen) -> Iterator[Finding]:
    """Runs without warnings."""
    for look in seen.looks:
        if look.answer.fate == "returned":
            seen.judged += 1
        if look.answer.warnings:
            yield Finding(look.case, _warned(look.answer.warnings[0]), public="A call warned.")


def _warned(warning: str) -> str:
    """Return a warning with what it means; Python has other ones than those of arithmetic."""
    arithmetic = warning.startswith("RuntimeWarning")
    meaning = "; it shows where numbers leave range" if arithmetic else ""
    return f"{warning.rstrip('.')}. A warning costs no points{meaning}."


@check(shrinks=False)
def raises(seen: Seen, error: str) -> Iterator[Finding]:
    """Raises {error} for input that makes no sense."""
    for look in seen.looks:
        seen.judged += 1
        answer = look.answer
        if answer.fate == "raised" and answer.raised is not None:
            if error not in answer.raised.names:
                message = f"You raised {sentence(answer)[:-1]}; expected {error}."
                yield Finding(look.case, message, public=f"You raised another exception than {error}.")
        elif answer.fate == "returned":
            message = f"You returned {value_text(answer.value)}; expected {error} to be raised."
            yield Finding(look.case, message, public=f"You returned a value; expected {error} to be raised.")
        else:
            yield fault(look)


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
