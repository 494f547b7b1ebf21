"""Checks of side effects: changed arguments, shared memory, warnings, exceptions, repeatability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import paths, place
from grader.checks.compare import differ, unlike
from grader.checks.context import CheckContext, Finding, Observation, fault, finding
from grader.checks.kind import Origin, check
from grader.checks.wording import sentence
from grader.numerics.tolerance import Array
from grader.text.numbers import pair
from grader.text.values import literal_text, value_text, value_texts
from grader.worker.wire import Given, Rng

_PLAIN = (bool, int, float, complex, str, np.generic, type(None))


@check(judges="conduct")
def does_not_mutate(context: CheckContext) -> Iterator[Finding]:
    """Leaves its arguments unchanged."""
    for observed in context.judged:
        for name, before, after in _arguments(observed):
            changed = "" if after is before else _changed(before, after)
            if changed:
                message = f"Your function changed its input: {name}{changed}."
                yield Finding(observed.case, message, public="Your function changed its input.")


def _arguments(observed: Observation) -> Iterator[tuple[str, object, object]]:
    """Yield the name of each argument, and its values before and after the call."""
    for position, (before, after) in enumerate(
        zip(observed.case.args, observed.answer.args_after, strict=False)
    ):
        yield _name(position, observed), before, after
    for name, before in observed.case.kwargs.items():
        yield name, before, observed.answer.kwargs_after.get(name, before)


def _changed(before: object, after: object) -> str:
    # By path, not by the text for it: texts contain a student's keys, which may be long and are cut.
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
    # Generators and given functions do not come back from the worker; only plain values can be compared.
    if isinstance(old, (Given, Rng)) or (not isinstance(new, np.ndarray) and _alike(old, new)):
        return ""
    before, now = value_texts(old, new)
    if before == now:  # 1 and 1.0 have the same text, but different literals
        before, now = literal_text(old), literal_text(new)
    return f" was {before} and is now {now}"


def _alike(old: object, new: object) -> bool:
    """Return whether two values have the same `repr`: nan equals nan, and 1 differs from 1.0."""
    return isinstance(new, _PLAIN) and repr(old) == repr(new)


def _array_difference(old: Array, new: Array) -> str:
    if old.shape != new.shape or old.dtype != new.dtype:
        return f" had shape {old.shape} and dtype {old.dtype}, now {new.shape} and {new.dtype}"
    before, now = old.tobytes(), new.tobytes()
    if before == now:
        return ""
    one, other = (np.frombuffer(b, np.uint8).reshape(-1, old.itemsize) for b in (before, now))
    # A nan may have become a nan of other bits. No message could show the difference, so it is ignored.
    differs = (one != other).any(axis=1) & ~np.ravel(np.isnan(old) & np.isnan(new))
    if not differs.any():
        return ""
    at = tuple(int(i) for i in np.unravel_index(int(np.argmax(differs)), old.shape))
    index = f"[{', '.join(map(str, at))}]" if at else ""
    was, is_now = pair(old[at], new[at])
    return f"{index} was {was} and is now {is_now}"


def _name(position: int, observed: Observation) -> str:
    names = observed.names
    return names[position] if position < len(names) else f"argument {position + 1}"


@check(judges="conduct")
def returns_new_array(context: CheckContext) -> Iterator[Finding]:
    """Returns a new array, not a view of its input."""
    for observed in context.judged:
        now, then = observed.answer.value_after, observed.answer.value
        if unlike(now, then) or differ(now, then):
            message = "Changing the input afterwards changed your output: both share memory. Return a copy."
            yield Finding(
                observed.case, message, public="Your output shares memory with the input. Return a copy."
            )


@check(advice=True, reads="all", judges="returned", shrinks=False)
def no_warnings(context: CheckContext) -> Iterator[Finding]:
    """Runs without warnings."""
    for observed in context.observations:
        if observed.answer.warnings:
            yield Finding(observed.case, _warned(observed.answer.warnings[0]), public="A call warned.")


def _warned(warning: str) -> str:
    """Return a warning with its meaning, which is known for arithmetic warnings only."""
    arithmetic = warning.startswith("RuntimeWarning")
    meaning = "; it shows where numbers leave range" if arithmetic else ""
    return f"{warning.rstrip('.')}. A warning costs no points{meaning}."


@check(judges="calls", shrinks=False)
def raises(context: CheckContext, error: str) -> Iterator[Finding]:
    """Raises {error} for input that makes no sense."""
    for observed in context.judged:
        answer = observed.answer
        if answer.outcome == "raised" and answer.raised is not None:
            if error not in answer.raised.names:
                message = f"You raised {sentence(answer)[:-1]}; expected {error}."
                yield Finding(observed.case, message, public=f"You raised another exception than {error}.")
        elif answer.outcome == "returned":
            message = f"You returned {value_text(answer.value)}; expected {error} to be raised."
            yield Finding(
                observed.case, message, public=f"You returned a value; expected {error} to be raised."
            )
        else:
            yield fault(observed)


def _again(origin: Origin) -> Iterator[Case]:
    case = next(origin.inputs.public())
    yield replace(case, name=f"{case.name}, once more")


@check(needs=_again, reads="both", shrinks=False)
def deterministic(context: CheckContext) -> Iterator[Finding]:
    """The same input gives the same output."""
    observations = {observed.case.name: observed for observed in context.judged}
    for name, observed in observations.items():
        again = observations.get(f"{name}, once more")
        found = again and differ(again.answer.value, observed.answer.value)
        if again and found:
            message = "Two calls with the same input gave different outputs."
            yield finding(again.case, found, message)
