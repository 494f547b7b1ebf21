"""Sentences on what a plot shows, with numbers, at most three."""

from __future__ import annotations

from grader.numerics.series import NOTHING, finite
from grader.results import Curves
from grader.text.numbers import number

_LEVEL = 0.5
"""An error does not shrink if its smallest value is at least this part of its largest one."""
_APART = 1e-3
"""Relative difference from which two paths have parted."""


def observations(curves: Curves) -> list[str]:
    """Return the sentences on a plot."""
    of_kind = {"path": _of_paths, "errors": _of_errors}.get(curves.kind, _of_values)
    return of_kind(curves)[:3]


def _of_values(curves: Curves) -> list[str]:
    """Return sentences on values that are not finite, on the ranges and on the largest difference."""
    yours, expected = finite(curves.yours), finite(curves.expected)
    at = "step " if curves.kind == "steps" else "x = "
    found = []
    if len(yours) < len(curves.x):
        first = curves.x[curves.yours.index(None)]
        count = f"{len(curves.x) - len(yours)} of {len(curves.x)} points"
        found.append(f"Your values are not finite at {count}, first at {at}{number(first)}.")
    if yours and expected:
        found.append(f"Your values lie {_between(yours)}; expected values lie {_between(expected)}.")
    return [*found, *_largest(curves, at)]


def _between(values: list[float]) -> str:
    low, high = number(min(values), 3), number(max(values), 3)
    return f"at {low}" if low == high else f"between {low} and {high}"


def _largest(curves: Curves, at: str) -> list[str]:
    triples = zip(curves.x, curves.yours, curves.expected, strict=True)
    both = [(x, a, b) for x, a, b in triples if a is not None and b is not None]
    if not both:
        return []
    x, a, b = max(both, key=lambda p: abs(p[1] - p[2]))
    if a == b:
        return ["At the points drawn, both curves have the same values."]
    return [
        f"The curves are furthest apart at {at}{number(x)}: you returned {number(a)}, expected {number(b)}."
    ]


def _of_errors(curves: Curves) -> list[str]:
    yours, expected = finite(curves.yours), finite(curves.expected)
    found = []
    if yours:
        least = number(min(yours), 3)
        found.append(
            f"Your value stays {least} away from the measured slope: the error does not shrink with the step."
            if min(yours) >= _LEVEL * max(yours)
            else f"Your value comes no closer than {least} to the measured slope, at any step."
        )
    if expected:
        least_error, step = min(zip(expected, curves.x, strict=False))
        least = "0" if least_error <= NOTHING else number(least_error, 2)
        found.append(f"The error of the expected value falls to {least}, at a step of {number(step)}.")
        if step > min(curves.x):
            found.append("Below that step, rounding makes it grow again.")
    return found


def _of_paths(curves: Curves) -> list[str]:
    yours = list(zip(curves.x, curves.yours, strict=False))
    expected = list(zip(curves.x_expected, curves.expected, strict=False))
    steps = min(len(yours), len(expected)) - 1
    if steps < 1:
        return []
    found = []
    parted = next((i for i in range(steps + 1) if _are_apart(yours[i], expected[i])), steps)
    if parted < steps:
        found.append(f"The paths part at step {parted}: {_places(yours[parted], expected[parted])}.")
    return [*found, f"After {steps} steps {_places(yours[steps], expected[steps])}."]


def _are_apart(one: tuple[float, float | None], other: tuple[float, float | None]) -> bool:
    pairs = [(a or 0.0, b or 0.0) for a, b in zip(one, other, strict=True)]
    return any(abs(a - b) > _APART * max(abs(a), abs(b)) for a, b in pairs)


def _places(yours: tuple[float, float | None], expected: tuple[float, float | None]) -> str:
    return f"you stand at {_place(yours)}, expected {_place(expected)}"


def _place(point: tuple[float, float | None]) -> str:
    return f"({', '.join(number(v, 3) for v in point if v is not None)})"
