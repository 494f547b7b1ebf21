"""Which stage of an exercise a call belongs to: an example, usual values, huge ones, other arrays, …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from grader.cases.case import Case
from grader.checks.context import Finding
from grader.course.task import Bound, Task
from grader.results import EARNED, CheckStatus, Stage

_OF_KIND: Final[dict[str, Stage]] = {
    "does_not_mutate": "untouched",
    "returns_new_array": "untouched",
    "stable_at": "huge",
    "raises": "refused",
    "forbids_calls": "own_work",
    "forbids_loops": "own_work",
}
_HUGE: Final = 300.0
"""Least absolute value of a huge input: its exponential or square leaves the range of some numbers."""


def stages(
    task: Task, bound: Bound, status: CheckStatus, findings: Iterable[Finding] = ()
) -> dict[Stage, bool]:
    """Return the stages that a check is about, and whether it holds in all calls of each."""
    if bound.check.is_advice:
        return {}
    of_kind = _OF_KIND.get(bound.check.kind.name)
    if of_kind:
        return {of_kind: status in EARNED}
    of_case = _stages_of_cases(task)
    its = {of_case[name] for name in bound.cases if name in of_case}
    if status != "failed":
        return dict.fromkeys(sorted(its), status in EARNED)
    found = list(findings)
    failed = {of_case[f.case.name] for f in found if f.case is not None and f.case.name in of_case}
    # A finding without a case of the task, such as one on all cases together, is about usual values.
    others = any(f.case is None or f.case.name not in of_case for f in found)
    return {stage: stage not in failed and not (others and stage == "values") for stage in sorted(its)}


def _stages_of_cases(task: Task) -> dict[str, Stage]:
    """Return the stage of each case; the first usual one is the example."""
    found = {case.name: "values" if case.name in task.secret else _stage(case) for case in task.cases}
    usual = [
        case.name for case in task.cases if found[case.name] == "values" and case.name not in task.secret
    ]
    if len(usual) > 1:
        found[usual[0]] = "example"
    return found


def _stage(case: Case) -> Stage:
    arrays = list(_arrays([*case.args, *case.kwargs.values()]))
    if any(not array.size for array in arrays):
        return "empty"
    if any(array.dtype == np.float32 for array in arrays):
        return "float32"
    numbers = [array for array in arrays if array.dtype.kind in "fc"]
    if any(not np.isfinite(array).all() for array in numbers):
        return "nan"
    if any(float(np.abs(array).max()) >= _HUGE for array in numbers):
        return "huge"
    if case.layout != "C":
        return "views"
    return "integers" if case.name.startswith("integers") else "values"


def _arrays(values: Sequence[object]) -> Iterator[np.ndarray[Any, Any]]:
    for value in values:
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _arrays(value)
        elif isinstance(value, dict):
            yield from _arrays(list(value.values()))
