"""What shows a failure best: the smallest input that fails, and a picture of the whole function."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from grader.answer import Answer, Case
from grader.digits import number
from grader.results import CheckResult, Curves
from grader.seen import Finding
from grader.show import call_text, literal_text, value_text
from grader.shrink import smallest
from grader.source import Found
from grader.task import Bound, Curve, Task

Array = NDArray[Any]
Ask = Callable[[Sequence[Case]], Sequence[Answer]]
SLOW_S = 0.1
"""A function that takes longer for one call is not called again only to explain."""
TRIES = 2
"""Failures of one exercise for which a smaller input is sought, until one is found."""
STEPS = 3
"""Least number of steps that makes a curve."""
_OF_RECORDS = ("falls", "matches_reference")
"""Checks that a record of steps explains."""
_NUMBERS = (int, float, np.integer, np.floating)
_LINE = 80
_VISIBLE = 1e-3
"""Least distance of two curves, relative to their range, that an eye can see."""


@dataclass
class Evidence:
    """What one exercise's failures are shown by: one smallest input and one picture are enough."""

    task: Task
    answers: Mapping[str, Answer]
    source: Found
    ask: Ask
    tries: int = TRIES
    """How many more failures may be shrunk."""
    drawn: bool = False

    def added(self, bound: Bound, result: CheckResult) -> CheckResult:
        """Return a failed check's result with whatever shows it and was not shown before."""
        cases = {case.name: case for case in self.task.cases}
        if result.case_hidden or result.case not in cases or not _is_quick(self.answers):
            return result
        changes: dict[str, Any] = {}
        if self.tries and bound.check.kind.shrinks:
            self.tries -= 1
            found = smallest(self.task, bound, cases[result.case], self.answers[result.case], self.ask)
            if found:
                self.tries, changes["smallest"] = 0, snippet(self.source, found)
        if not self.drawn and (drawing := self._picture(bound, result)):
            self.drawn, changes["picture"] = True, drawing
        return msgspec.structs.replace(result, **changes)

    def _picture(self, bound: Bound, result: CheckResult) -> Curves | None:
        task = self.task
        if task.record is not None and bound.check.kind.name in _OF_RECORDS:
            got, expected = self.answers[result.case].value, task.expected[result.case].value
            return steps(task.slug, *(_item(value, task.record) for value in (got, expected)))
        if result.difference is None or task.curve is None:
            return None
        return picture(task.slug, task.curve, self.ask)


def _is_quick(answers: Mapping[str, Answer]) -> bool:
    return all(a.fate in ("returned", "raised") and a.cpu_s < SLOW_S for a in answers.values())


def snippet(source: Found, found: Finding) -> str:
    """Return Python code that shows the failure, with what came back and what was expected as comments."""
    assert found.case is not None
    call = call_text(source.name, found.case.args, found.case.kwargs)
    module = PurePosixPath(source.file.path).stem
    head = f"import numpy as np\nfrom {module} import {source.name}\n\n" if module.isidentifier() else ""
    if found.kind == "fault" or found.got is None or found.expected is None:
        return f"{head}{call}\n# {found.message}"
    return f"{head}{call}\n# yours:    {_short(found.got)}\n# expected: {_short(found.expected)}"


def _short(value: object) -> str:
    value = value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value
    text = literal_text(value)
    return text if len(text) <= _LINE and "\n" not in text else value_text(value)


def picture(slug: str, curve: Curve, ask: Ask) -> Curves | None:
    """Return the student's curve over the expected one; None where an eye would see no difference."""
    (answer,) = ask([curve.case])
    x, expected, got = (_line(v) for v in (curve.case.args[0], curve.expected.value, answer.value))
    if answer.fate != "returned" or x is None or expected is None or got is None or got.size != x.size:
        return None
    if _look_alike(got, expected):
        return None
    title = f"{slug} from {number(x[0])} to {number(x[-1])}"
    return Curves(title=title, x=[float(v) for v in x], yours=_points(got), expected=_points(expected))


def steps(slug: str, got: Array | None, expected: Array | None) -> Curves | None:
    """Return two records over the number of the step; None where an eye would see no difference."""
    if got is None or expected is None or min(got.size, expected.size) < STEPS:
        return None
    count = min(got.size, expected.size)
    got, expected = got[:count], expected[:count]
    if _look_alike(got, expected):
        return None
    x = [float(n) for n in range(1, count + 1)]
    return Curves(title=f"{slug}, step by step", x=x, yours=_points(got), expected=_points(expected))


def _item(value: object, position: int) -> Array | None:
    """Return a list of numbers among several returned values."""
    if not isinstance(value, (tuple, list)) or len(value) <= position:
        return None
    item = value[position]
    numbers = isinstance(item, (list, tuple)) and all(isinstance(v, _NUMBERS) for v in item)
    return _line(np.array(item, dtype=float) if numbers else item)


def _look_alike(got: Array, expected: Array) -> bool:
    span = _span(expected)
    with np.errstate(invalid="ignore"):
        return bool((np.abs(got - expected) <= _VISIBLE * span).all())


def _span(values: Array) -> float:
    finite = values[np.isfinite(values)]
    return float(np.ptp(finite)) or 1.0 if finite.size else 1.0


def _line(value: object) -> Array | None:
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype.kind not in "biuf":
        return None
    with np.errstate(over="ignore"):  # a long double may be too large
        return value.astype(float)


def _points(values: Array) -> list[float | None]:
    """Return numbers as precise as a picture needs them."""
    return [float(f"{v:.6g}") if math.isfinite(v) else None for v in values]
