"""Checks of derivatives against finite differences of a trusted function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.answer import Case
from grader.checks._kind import Origin, check
from grader.compare import Path, part, paths
from grader.digits import number, plural
from grader.errors import AuthorError
from grader.numerics import differences
from grader.numerics.differences import RELATIVE, Measured, Slope
from grader.numerics.points import branches, moved
from grader.numerics.tolerance import Array, wrong
from grader.seen import Finding, Look, Seen
from grader.worker.wire import Given, Rng

Function = Callable[..., Any]
Problem = Callable[..., tuple[Function, Any]]
Wrt = str | Sequence[str] | Mapping[str, str]
Measures = tuple[Measured, ...]


def _derivative(case: Case, of: Function, kinks: Sequence[float] = ()) -> Measures:
    return (Measured(differences.elementwise(of, np.asarray(case.args[0], dtype=float))),)


def _on_branches(origin: Origin, of: Function, kinks: Sequence[float] = ()) -> Iterator[Case]:
    if len(kinks):
        yield Case("on both sides of every kink", (branches(kinks),))
    for case in origin.inputs.public():
        point = np.asarray(case.args[0], dtype=float)
        if case.layout == "C" and np.isfinite(point).all():
            other = moved(lambda x: differences.elementwise(of, x), point)
            if other is not None:
                yield replace(case, name=f"{case.name}, moved off kinks", args=(other, *case.args[1:]))


@check(fact=_derivative, needs=_on_branches, reads="both")
def derivative_matches(seen: Seen, of: Function, kinks: Sequence[float] = ()) -> Iterator[Finding]:
    """Agrees with finite differences.

    At a kink every value from the slope on its left to the one on its right is accepted.

    Args:
        of: the element-wise function whose derivative is asked for, from the reference.
        kinks: where `of` has kinks; points on both sides of each are added.
    """
    yield from _disagreements(seen)


def _jacobian(case: Case, of: Problem) -> Measures:
    function, point = of(*_as_floats(case.args))
    return (Measured(differences.jacobian(function, np.asarray(point, dtype=float))),)


@check(fact=_jacobian)
def jacobian_matches(seen: Seen, of: Problem) -> Iterator[Finding]:
    """Every entry agrees with finite differences.

    Args:
        of: called with the exercise's arguments, returns a function and the point at which its gradient
            (of a scalar) or Jacobian (of a vector) is asked for, from the reference.
    """
    yield from _disagreements(seen)


def _gradients(case: Case, loss: Function, wrt: Wrt) -> Measures:
    return tuple(
        Measured(differences.jacobian(*_problem(case, loss, source)), path, name)
        for path, source, name in _targets(case, loss, wrt)
    )


def _off_kinks(origin: Origin, loss: Function, wrt: Wrt) -> Iterator[Case]:
    for case in origin.inputs.public():
        other = case
        for _, source, _ in _targets(case, loss, wrt) if _is_plain(case) else ():
            function, point = _problem(other, loss, source)
            better = moved(lambda x, f=function: differences.jacobian(f, x), point)  # type: ignore[misc]  # mypy infers no type for a default
            other = other if better is None else _with_argument(other, loss, source, better)
        if other is not case:
            yield replace(other, name=f"{case.name}, moved off kinks")


def _is_plain(case: Case) -> bool:
    """Return whether the loss can take the arguments as they stand: givens and generators are but names."""
    parts = [leaf for _, leaf in paths((case.args, dict(case.kwargs)))]
    return case.layout == "C" and not any(isinstance(leaf, (Given, Rng)) for leaf in parts)


@check(fact=_gradients, needs=_off_kinks, reads="both")
def gradient_matches(seen: Seen, loss: Function, wrt: Wrt) -> Iterator[Finding]:
    """Agrees with finite differences of the loss.

    Args:
        loss: called with the exercise's arguments, returns the number whose gradient is asked for; its
            parameters name them. For a vector-Jacobian product that is `np.sum(dout * forward(Z))`.
        wrt: the parameter the answer is the gradient for; several names for an answer that is a tuple or
            list; `{"dW": "W"}` for a dictionary. `params.W1` is entry W1 of the dictionary params. The
            gradient for a parameter that is itself a dictionary has the same keys.
    """
    yield from _disagreements(seen)


def _targets(case: Case, loss: Function, wrt: Wrt) -> Iterator[tuple[Path, Path, str]]:
    """Yield, for each array of the answer, its place there, its place among the arguments, its name."""
    named: list[tuple[Path, str]] = [((), wrt)] if isinstance(wrt, str) else []
    if isinstance(wrt, Mapping):
        named = [((key,), name) for key, name in wrt.items()]
    elif not isinstance(wrt, str):
        named = [((position,), name) for position, name in enumerate(wrt)]
    arguments = _bound(case, loss)
    for path, name in named:
        source = _source(arguments, name)
        for inner, _ in paths(part(arguments, source)):
            yield (*path, *inner), (*source, *inner), ".".join(map(str, (name, *inner)))


def _bound(case: Case, loss: Function) -> dict[str, Any]:
    """Return the arguments by the names of the loss's parameters."""
    try:
        bound = inspect.signature(loss).bind(*_as_floats(case.args), **dict(case.kwargs))
    except TypeError as error:
        raise AuthorError(f"checks.gradient_matches: the loss cannot take the arguments: {error}") from error
    bound.apply_defaults()
    return dict(bound.arguments)


def _source(arguments: dict[str, Any], name: str) -> Path:
    steps: list[str | int] = [int(s) if s.isdigit() else s for s in name.split(".")]
    try:
        part(arguments, tuple(steps))
    except (LookupError, TypeError) as error:
        raise AuthorError(f"checks.gradient_matches: no argument of the loss is called {name}") from error
    return tuple(steps)


def _problem(case: Case, loss: Function, source: Path) -> tuple[Function, Array]:
    """Return the loss as a function of one argument, and that argument."""
    arguments = _bound(case, loss)

    def at(x: Array) -> Any:
        return loss(**_replaced(arguments, source, x))

    return at, np.asarray(part(arguments, source), dtype=float)


def _replaced(value: Any, path: Path, new: object) -> Any:
    if not path:
        return new
    changed: Any = list(value) if isinstance(value, (tuple, list)) else dict(value)
    changed[path[0]] = _replaced(value[path[0]], path[1:], new)
    return tuple(changed) if isinstance(value, tuple) else changed


def _with_argument(case: Case, loss: Function, source: Path, new: Array) -> Case:
    position = list(inspect.signature(loss).parameters).index(str(source[0]))
    if position >= len(case.args):
        return replace(case, kwargs=_replaced(case.kwargs, source, new))
    return replace(case, args=_replaced(case.args, (position, *source[1:]), new))


def _as_floats(args: tuple[object, ...]) -> Any:
    """Return the arguments with their floating-point arrays in float64, in which differences are taken."""
    made: Any = args
    for path, leaf in paths(args):
        if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f":
            made = _replaced(made, path, leaf.astype(float))
    return made


def _disagreements(seen: Seen) -> Iterator[Finding]:
    for look in seen.values():
        for measured in look.fact:
            found = _disagreement(look, measured)
            if found is not None:
                yield found


def _disagreement(look: Look, measured: Measured) -> Finding | None:
    got = np.asarray(part(look.answer.value, measured.path))
    exact = np.asarray(part(look.expected.value, measured.path))
    slope = _shaped(measured.slope, got.shape)
    off = _off(got, slope, exact, _allowed(look, measured.path))
    if not off.any():
        return None
    at = tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape))
    where = f" at index {', '.join(map(str, at))}" if at else ""
    whose = f" of the gradient for {measured.name}" if measured.name else ""
    verb = "differs" if off.sum() == 1 else "differ"
    message = (
        f"{int(off.sum())} of {plural(off.size, 'value')}{whose} {verb} from the slope that "
        f"finite differences measure: you returned {number(got[at])}{where}; expected {number(exact[at])}."
    )
    tolerance = f"{float(np.max((4 * slope.error + RELATIVE * differences.scale(slope))[off])):.1g}"
    return Finding(look.case, message, got=got, expected=exact, wrong=off, tolerance=tolerance)


def _off(got: Array, slope: Slope, exact: Array, allowed: Array | float) -> Array:
    """Return where `got` is wrong: by measurement where that is certain, else by the exact derivative."""
    close = allowed + RELATIVE * np.abs(exact)
    return np.asarray(
        differences.disagrees(got, slope, allowed) | (~slope.trusted & wrong(got, exact, close))
    )


def _shaped(slope: Slope, shape: tuple[int, ...]) -> Slope:
    """Return `slope` in the answer's shape, for a gradient that keeps an axis of length 1."""
    parts = (np.asarray(p) for p in (slope.value, slope.error, slope.trusted, slope.spread))
    return Slope(*(np.broadcast_to(p, slope.value.shape).reshape(shape) for p in parts))


def _allowed(look: Look, path: Path) -> Array | float:
    allowed = look.expected.allowed
    if isinstance(allowed, (list, tuple)):
        allowed = allowed[[p for p, _ in paths(look.expected.value)].index(path)]
    return 0.0 if allowed is None else np.asarray(allowed)
