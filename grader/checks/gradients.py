"""Checks of derivatives against finite differences of a trusted function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import part
from grader.checks import slopes
from grader.checks.context import CheckContext, Finding, Observation
from grader.checks.kind import Origin, check
from grader.checks.slopes import Function, Problem, Wrt
from grader.numerics import differences
from grader.numerics.differences import RELATIVE, Measured, Slope
from grader.numerics.points import branches, moved
from grader.numerics.tolerance import Array, wrong
from grader.text.numbers import pair, plural

Asked = Callable[..., tuple[Function, Any]]


def _derivative(case: Case, of: Function, kinks: Sequence[float] = ()) -> tuple[Problem, ...]:
    return (Problem(of, np.asarray(case.args[0], dtype=float), is_elementwise=True),)


def _on_branches(origin: Origin, of: Function, kinks: Sequence[float] = ()) -> Iterator[Case]:
    if len(kinks):
        yield Case("on both sides of every kink", (branches(kinks),))
    for case in origin.inputs.public():
        point = np.asarray(case.args[0], dtype=float)
        if case.layout == "C" and np.isfinite(point).all():
            other = moved(lambda x: differences.elementwise(of, x), point)
            if other is not None:
                yield replace(case, name=f"{case.name}, moved off kinks", args=(other, *case.args[1:]))


@check(slopes=_derivative, needs=_on_branches, reads="both", compares=True)
def derivative_matches(context: CheckContext, of: Function, kinks: Sequence[float] = ()) -> Iterator[Finding]:
    """Agrees with finite differences.

    At a kink, every value from the left slope to the right slope is accepted.

    Args:
        of: the element-wise function, from the reference, whose derivative the exercise returns.
        kinks: the kinks of `of`; points on both sides of each are added.
    """
    yield from _disagreements(context)


def _jacobian(case: Case, of: Asked) -> tuple[Problem, ...]:
    function, point = of(*slopes.as_floats(case.args))
    return (Problem(function, np.asarray(point, dtype=float)),)


@check(slopes=_jacobian, compares=True)
def jacobian_matches(context: CheckContext, of: Asked) -> Iterator[Finding]:
    """Every entry agrees with finite differences.

    Args:
        of: called with the exercise's arguments, returns a function of the reference and the point at which
            the exercise computes its gradient (of a scalar) or Jacobian (of a vector).
    """
    yield from _disagreements(context)


def _off_kinks(origin: Origin, loss: Function, wrt: Wrt) -> Iterator[Case]:
    for case in origin.inputs.public():
        other = case
        for _, source, _ in slopes.targets(case, loss, wrt) if slopes.is_plain(case) else ():
            function, point = slopes.problem(other, loss, source)
            better = moved(lambda x, f=function: differences.jacobian(f, x), point)  # type: ignore[misc]  # mypy infers no type for a default
            other = other if better is None else slopes.with_argument(other, loss, source, better)
        if other is not case:
            yield replace(other, name=f"{case.name}, moved off kinks")


@check(slopes=slopes.of_argument, needs=_off_kinks, reads="both", compares=True)
def gradient_matches(context: CheckContext, loss: Function, wrt: Wrt) -> Iterator[Finding]:
    """Agrees with finite differences of the loss.

    Args:
        loss: called with the exercise's arguments, returns the number whose gradient the exercise computes.
            Its parameters name the arguments. For a vector-Jacobian product, use
            `np.sum(dout * forward(Z))`.
        wrt: the parameter of which the answer is the gradient; several names for an answer that is a tuple
            or list; `{"dW": "W"}` for a dictionary. `params.W1` is entry W1 of the dictionary params. The
            gradient of a parameter that is itself a dictionary has the same keys.
    """
    yield from _disagreements(context)


def _disagreements(context: CheckContext) -> Iterator[Finding]:
    for observed in context.judged:
        for measured in context.facts.get(observed.case.name, ()):
            found = _disagreement(observed, measured)
            if found is not None:
                yield found


def _disagreement(observed: Observation, measured: Measured) -> Finding | None:
    got, exact = (
        np.asarray(part(v, measured.path)) for v in (observed.answer.value, observed.expected.value)
    )
    slope, off = disagreement(observed, measured)
    if not off.any():
        return None
    at = tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape))
    where = f" at index {', '.join(map(str, at))}" if at else ""
    whose = f" of the gradient for {measured.name}" if measured.name else ""
    verb = "differs" if off.sum() == 1 else "differ"
    yours, right = pair(got[at], exact[at])
    message = (
        f"{int(off.sum())} of {plural(off.size, 'value')}{whose} {verb} from the slope that "
        f"finite differences measure: you returned {yours}{where}; expected {right}."
    )
    tolerance = f"{float(np.max((4 * slope.error + RELATIVE * differences.scale(slope))[off])):.1g}"
    return Finding(observed.case, message, got=got, expected=exact, wrong=off, tolerance=tolerance)


def disagreement(observed: Observation, measured: Measured) -> tuple[Slope, Array]:
    """Return the slope in the answer's shape, and where the answer is wrong.

    Trusted coordinates are compared with the measured slope, the others with the exact derivative.
    """
    got, exact = (
        np.asarray(part(v, measured.path)) for v in (observed.answer.value, observed.expected.value)
    )
    slope, allowed = _shaped(measured.slope, got.shape), observed.expected.allowed.at(measured.path)
    by_value = ~slope.trusted & wrong(got, exact, allowed + RELATIVE * np.abs(exact))
    return slope, np.asarray(differences.disagrees(got, slope, allowed) | by_value)


def _shaped(slope: Slope, shape: tuple[int, ...]) -> Slope:
    """Return `slope` in the answer's shape, which may have an additional axis of length 1."""
    parts = (np.asarray(p) for p in (slope.value, slope.error, slope.trusted, slope.spread))
    return Slope(*(np.broadcast_to(p, slope.value.shape).reshape(shape) for p in parts))
