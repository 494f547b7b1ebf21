"""Turn the findings of a task's checks into check results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Answer
from grader.checks.context import CheckContext, Expected, Finding, Observation
from grader.checks.wording import code_of
from grader.course.task import Bound, Task
from grader.grading.array_diff import difference, shapes
from grader.grading.stages import stages
from grader.results import EARNED, CheckResult, Difference
from grader.submissions.source import Found
from grader.text.numbers import pair, plural
from grader.text.values import value_texts

_KEEP_MESSAGE = 4000
_KEEP_PRINTED = 2000
_LAST = 2**62
"""Larger than any input: the call that did not end is told before those that were not made after it."""


def judge(
    task: Task, bound: Bound, observations: Mapping[str, Observation], source: Found | None, earlier: str = ""
) -> CheckResult:
    """Return the verdict of one check.

    Args:
        observations: the observations by case name.
        earlier: title of the first check of the exercise that failed. A check without a case to judge is
            skipped, and its message names that check.
    """
    its = [observations[name] for name in bound.cases]
    context = bound.check.context(its, bound.facts, source=source, elsewhere=task.elsewhere(bound))
    found = bound.check.judge(context)
    result = _judged(task, bound, context, found, observations, earlier)
    return msgspec.structs.replace(result, stages=stages(task, bound, result.status, found))


def _judged(
    task: Task,
    bound: Bound,
    context: CheckContext,
    found: Sequence[Finding],
    observations: Mapping[str, Observation],
    earlier: str,
) -> CheckResult:
    parts = context.partition
    # A check reports what no other can, unless one before it has failed; the rest is left to the others.
    waits = earlier if parts.faults else parts.left_to
    if not parts.judged and waits:
        return verdict(bound, "skipped", message=f"This check starts once “{earlier or waits}” passes.")
    if not found:
        return verdict(bound, "passed" if parts.judged else "inconclusive")
    shown = min(found, key=_size)
    if shown.kind == "not_run":  # what ended before is told by the check of that call
        return verdict(bound, "skipped", message=shown.message)
    observed = observations.get(shown.case.name) if shown.case else None
    return _failed(task, bound, shown, printed=observed.answer.stdout if observed else "")


def decisive(bound: Bound, observations: Mapping[str, Observation], source: Found) -> bool:
    """Return whether a check finds a function in the code that, by the exercise's text, earns nothing at all.

    Where it cannot be told for certain that the function is used, the check's own points are lost alone.
    """
    if not bound.check.is_decisive:
        return False
    context = bound.check.context([observations[name] for name in bound.cases], bound.facts, source=source)
    return any(finding.is_certain for finding in bound.check.judge(context))


def observations(task: Task, answers: Mapping[str, Answer]) -> dict[str, Observation]:
    """Return the observations of all cases of a task, by name."""
    names, expected = task.parameters.names, task.expected
    return {
        c.name: Observation(c, answers[c.name], expected.get(c.name, Expected()), names) for c in task.cases
    }


def verdict(bound: Bound, status: Any, *, message: str = "", **evidence: Any) -> CheckResult:
    """Return the result of one check; inconclusive earns the points, undecided leaves them open."""
    check, points = bound.check, float(bound.check.points)
    return CheckResult(
        name=bound.id,
        title=check.title,
        status=status,
        points=points if status in EARNED else 0.0,
        open_points=points if status == "undecided" else 0.0,
        max_points=points,
        hidden=check.is_hidden,
        advice=check.is_advice,
        message=message[:_KEEP_MESSAGE],
        **evidence,
    )


def _size(finding: Finding) -> tuple[bool, bool, bool, int]:
    """Order findings: public ones, values, arrays of finite numbers and small inputs come first."""
    if finding.case is None:
        return (False, False, False, 0)
    if finding.kind == "not_run":
        return (finding.case.hidden, True, True, _LAST)
    arrays = [a for a in finding.case.args if isinstance(a, np.ndarray)]
    is_odd = any(not (a.ndim and a.size and _is_finite(a)) for a in arrays)
    return (finding.case.hidden, finding.kind == "fault", is_odd, sum(a.size for a in arrays))


def _is_finite(array: NDArray[Any]) -> bool:
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())


def _failed(task: Task, bound: Bound, finding: Finding, *, printed: str) -> CheckResult:
    case = finding.case
    evidence: dict[str, Any] = {}
    if case is not None:
        call = code_of(task.wanted[0], case)
        evidence = {"case": case.name, "call": call}
    if finding.kind != "fault" and (finding.got is not None or finding.expected is not None):
        yours, right = value_texts(finding.got, finding.expected)
        evidence |= {"got": yours}
        evidence |= {"expected": right} if finding.expected is not None else {}
    if finding.kind == "shape":
        evidence["shapes"] = shapes(np.asarray(finding.got), np.asarray(finding.expected))
    message = finding.message
    if finding.wrong is not None:
        shown = _difference(finding)
        evidence["difference"] = shown
        message = message or _count(shown, finding)
    if case is None or not (case.hidden or bound.check.is_hidden):
        # What a hidden call printed may be its input, so it is kept nowhere.
        evidence |= {"printed": _beginning(printed)} if printed else {}
        return verdict(bound, "failed", message=message, **evidence)
    details = message[:_KEEP_MESSAGE]
    return verdict(
        bound, "failed", message=finding.public_sentence, details=details, case_hidden=True, **evidence
    )


def _beginning(printed: str) -> str:
    rest = len(printed) - _KEEP_PRINTED
    return printed if rest <= 0 else f"{printed[:_KEEP_PRINTED]}\n… {plural(rest, 'character')} more"


def _difference(finding: Finding) -> Difference:
    assert finding.wrong is not None
    got, expected = np.asarray(finding.got), np.asarray(finding.expected)
    inputs = finding.case.args[0] if finding.case and finding.case.args else None
    beside = inputs if isinstance(inputs, np.ndarray) else None
    return difference(got, expected, finding.wrong, finding.tolerance, beside)


def _count(shown: Difference, finding: Finding) -> str:
    """Return a sentence on how many values differ and by how much; for a single number, on its value."""
    got, expected, part = np.asarray(finding.got), np.asarray(finding.expected), finding.where
    if got.ndim == 0:
        yours, right = pair(got[()], expected[()])
        return f"You returned {yours}{part}; expected {right}."
    at = ~np.isfinite(got) & np.isfinite(expected)
    lost = got[at]
    if lost.size:
        kinds = " and ".join(k for k, n in (("nan", np.isnan(lost)), ("inf", np.isinf(lost))) if n.any())
        verb = "is" if lost.size == 1 else "are"
        index, (_, right) = _first(at, got, expected)
        text = f"{lost.size} of {plural(got.size, 'value')} {verb} {kinds}{part}"
        return f"{text}; expected {right} at {_place(index)}."
    verb = "differs" if shown.count == 1 else "differ"
    text = f"{shown.count} of {plural(shown.total, 'value')} {verb}{part}"
    if shown.largest:
        return f"{text}; the largest difference is {shown.largest}, at {_place(shown.worst)}."
    index, (yours, right) = _first(np.asarray(finding.wrong), got, expected)
    return f"{text}: you returned {yours} at {_place(index)}; expected {right}."


def _first(at: NDArray[Any], got: NDArray[Any], expected: NDArray[Any]) -> tuple[list[int], tuple[str, str]]:
    """Return the first of some places, with both values there."""
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(at)), got.shape))
    return list(index), pair(got[index], expected[index])


def _place(index: Sequence[int]) -> str:
    if len(index) == 2:
        return f"row {index[0]}, column {index[1]}"
    return f"index {', '.join(map(str, index))}"
