"""What became of a submission's function as a whole: its status, and what broke it off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.cases.case import Answer
from grader.checks.compare import unlike
from grader.checks.wording import code_of, public_sentence, public_type, sentence
from grader.course.task import Task
from grader.grading.submission_run import Asked
from grader.results import BROKEN_OFF, CheckResult, ExerciseStatus, Fault
from grader.submissions.locate import NotFound
from grader.submissions.source import Found, excerpt

_CALL_CHARS: Final = 120
"""Characters of a call that is quoted in a sentence."""


def status_of(task: Task, asked: Asked, checks: Sequence[CheckResult]) -> ExerciseStatus:
    """Return an exercise's status: the first in this order that is true of it."""
    if any(check.status == "undecided" for check in checks):
        return "undecided"
    if isinstance(asked.source, NotFound):
        return asked.source.status
    ended = [asked.load] if asked.load else [answer for _, answer in _counted(task, asked)]
    for outcome in BROKEN_OFF:
        if any(answer.outcome == outcome for answer in ended):
            return outcome
    failed = any(check.status == "failed" and not check.advice for check in checks)
    return ("wrong_type" if _wrong_type(task, asked) else "failed") if failed else "passed"


def _counted(task: Task, asked: Asked) -> list[tuple[str, Answer]]:
    """Return the answers that must be values for some check; one that should raise is no fault."""
    wanting = (b for b in task.checks if not b.check.is_advice and b.check.kind.name != "raises")
    names = {name for bound in wanting for name in bound.cases}
    return [(name, answer) for name, answer in asked.answers.items() if name in names]


def _wrong_type(task: Task, asked: Asked) -> bool:
    found = (
        unlike(a.value, task.expected[n].value) for n, a in _counted(task, asked) if a.outcome == "returned"
    )
    return any(f is not None and f.kind == "type" for f in found)


def fault_of(task: Task, asked: Asked) -> Fault | None:
    """Return what broke the import or a call off, or why no function was found; None if all went through."""
    if isinstance(asked.source, NotFound):
        return asked.source.fault
    ended = [("", asked.load)] if asked.load else _counted(task, asked)
    # Prefer a public case, whose details students may read.
    for name, answer in sorted(ended, key=lambda pair: pair[0] in task.secret):
        if answer.outcome in BROKEN_OFF:
            return _described(answer, asked.source, call=_call(task, name), hidden=name in task.secret)
    return None


def _call(task: Task, name: str) -> str:
    """Return a case as a short call that can be pasted; empty for an import or where it is long."""
    case = next((case for case in task.cases if case.name == name), None)
    text = code_of(task.wanted[0], case) if case else ""
    return text if len(text) <= _CALL_CHARS and "\n" not in text else ""


def _described(answer: Answer, source: Found, *, call: str, hidden: bool) -> Fault:
    raised = answer.raised
    traceback = raised.traceback if raised else ""
    if hidden:
        return Fault(
            type=public_type(answer) if raised else answer.outcome,
            message=public_sentence(answer),
            details=sentence(answer),
            traceback=traceback,
            case_hidden=True,
        )
    if raised is None:
        where = f" The call was {call}." if call and not answer.slept else ""
        return Fault(type=answer.outcome, message=f"{sentence(answer)}{where}")
    file = source.files[raised.file] if raised.file else source.file
    return Fault(
        type=raised.names[0],
        message=sentence(answer),
        file=raised.file,
        line=raised.line,
        traceback=traceback,
        excerpt=excerpt(file.text, raised.line) if raised.line else [],
    )
