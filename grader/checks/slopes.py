"""Make the trusted functions whose slopes are measured from an exercise's arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import Path, part, paths
from grader.errors import AuthorError
from grader.numerics import differences
from grader.numerics.differences import Measured
from grader.numerics.tolerance import Array
from grader.worker.wire import Given, Rng

Function = Callable[..., Any]
Slopes = tuple[Measured, ...]
Wrt = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """A function, the point at which its slopes are measured, and the part of the answer to compare with."""

    function: Function
    point: Array
    path: Path = ()
    name: str = ""
    """The variable of differentiation, such as `W1`."""
    is_elementwise: bool = False

    def measured(self) -> Measured:
        """Return the slopes by finite differences."""
        measure = differences.elementwise if self.is_elementwise else differences.jacobian
        return Measured(measure(self.function, self.point), self.path, self.name)

    def along(self, place: int) -> Callable[[float], float]:
        """Return a function of the step whose slope at 0 belongs to the answer's element `place` (flat)."""
        output, index = divmod(place, max(self.point.size, 1))
        unit = np.zeros(self.point.size)
        unit[index] = 1.0
        taken = index if self.is_elementwise else output

        def moved(step: float) -> float:
            value = self.function(self.point + step * unit.reshape(self.point.shape))
            return float(np.ravel(np.asarray(value, dtype=float))[taken])

        return moved


class WhenAsked(Mapping[str, Slopes]):
    """The slopes of a check's cases, each measured at its first use: those of a whole course take seconds."""

    def __init__(self, measures: Mapping[str, Callable[[], Slopes]]) -> None:
        self._measures = measures
        self._found: dict[str, Slopes] = {}

    def __getitem__(self, name: str) -> Slopes:
        if name not in self._found:
            self._found[name] = self._measures[name]()
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._measures)

    def __len__(self) -> int:
        return len(self._measures)


def of_argument(case: Case, loss: Function, wrt: Wrt) -> tuple[Problem, ...]:
    """Return one problem for each array of the answer: the loss as a function of one argument."""
    return tuple(
        Problem(*problem(case, loss, source), path, name) for path, source, name in targets(case, loss, wrt)
    )


def targets(case: Case, loss: Function, wrt: Wrt) -> Iterator[tuple[Path, Path, str]]:
    """Yield for each array of the answer its path, the path of its argument, and its name."""
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


def problem(case: Case, loss: Function, source: Path) -> tuple[Function, Array]:
    """Return the loss as a function of one argument, and that argument."""
    arguments = _bound(case, loss)

    def at(x: Array) -> Any:
        return loss(**_replaced(arguments, source, x))

    return at, np.asarray(part(arguments, source), dtype=float)


def with_argument(case: Case, loss: Function, source: Path, new: Array) -> Case:
    """Return the case with a new value at one path of its arguments."""
    position = list(inspect.signature(loss).parameters).index(str(source[0]))
    if position >= len(case.args):
        return replace(case, kwargs=_replaced(case.kwargs, source, new))
    return replace(case, args=_replaced(case.args, (position, *source[1:]), new))


def is_plain(case: Case) -> bool:
    """Return whether the loss can take the arguments: givens and generators are only names in a case."""
    parts = [leaf for _, leaf in paths((case.args, dict(case.kwargs)))]
    return case.layout == "C" and not any(isinstance(leaf, (Given, Rng)) for leaf in parts)


def as_floats(args: tuple[object, ...]) -> Any:
    """Return the arguments with floating-point arrays as float64, for finite differences."""
    made: Any = args
    for path, leaf in paths(args):
        if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f":
            made = _replaced(made, path, leaf.astype(float))
    return made


def _bound(case: Case, loss: Function) -> dict[str, Any]:
    """Return the arguments by the names of the loss's parameters."""
    try:
        bound = inspect.signature(loss).bind(*as_floats(case.args), **dict(case.kwargs))
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


def _replaced(value: Any, path: Path, new: object) -> Any:
    if not path:
        return new
    changed: Any = list(value) if isinstance(value, (tuple, list)) else dict(value)
    changed[path[0]] = _replaced(value[path[0]], path[1:], new)
    return tuple(changed) if isinstance(value, tuple) else changed
