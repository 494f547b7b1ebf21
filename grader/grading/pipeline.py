"""Grade submissions one by one and assemble their results."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime

import msgspec

from grader.cases import givens
from grader.course.task import Bound, Task
from grader.explain.diagnosis import diagnose
from grader.explain.mistakes import Mistakes
from grader.grading.faults import fault_of, status_of
from grader.grading.pytest_plugin import Record, run
from grader.grading.submission_run import Asked, SubmissionRun
from grader.grading.verdicts import decisive, verdict
from grader.results import (
    EARNED,
    UNREAD,
    UNTOUCHED,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Fault,
    Result,
)
from grader.sandbox import Sandbox, SleepBudget
from grader.submissions import Submission, SubmissionInfo
from grader.submissions.source import Found

_FAILED = "The grader itself failed here"
_NAME_CHARS, _REASON_CHARS = 60, 1000
_STDOUT_CHARS = 4000
_UNCALLED = ("passed", "undecided", *UNTOUCHED, *UNREAD)
"""Statuses without answers to diagnose."""
_WARNINGS = 5


def grade(
    submissions: Iterable[Submission],
    tasks: Sequence[Task],
    *,
    sandbox: Sandbox,
    suite: str,
    sink: Callable[[Result], None],
    slugs: Callable[[Submission], Collection[str]] | None = None,
    mistakes: Mistakes | None = None,
    begun: Callable[[str], None] = lambda slug: None,
) -> None:
    """Grade each submission in order; `sink` is called with each result as soon as it is complete.

    Args:
        slugs: returns the exercises to grade of a submission; by default all.
        mistakes: the answers of known mistakes, if the caller shares them.
        suite: digest of all that can change a verdict; see `fingerprint.suite_digest`.
        begun: called with the slug of each exercise before it is graded.
    """
    if not tasks:
        return
    known = mistakes or Mistakes(sandbox)
    clock = _Clock()
    every = frozenset(task.slug for task in tasks)
    names = frozenset(name for task in tasks for name in (task.slug, *task.wanted))
    helpers = givens.joined(task.givens for task in tasks)

    def runs() -> Generator[SubmissionRun, None, None]:
        for submission in submissions:
            clock.start()
            wanted = slugs(submission) if slugs else every
            asleep = SleepBudget()
            with (
                sandbox.open(submission.files, givens=helpers, asleep=asleep) as session,
                sandbox.open(submission.files, givens=helpers, asleep=asleep) as hidden,
            ):
                yield SubmissionRun(submission, session, hidden, wanted, begun, names)

    exercises: list[ExerciseResult] = []

    def judged(run: SubmissionRun, task: Task, record: Record) -> None:
        exercises.append(_exercise(task, run, _verdicts(record), known))
        run.forget(task)

    def done(run: SubmissionRun) -> None:
        result = _result(run.submission.info, exercises[:], sandbox.level, suite, clock)
        exercises.clear()
        sink(msgspec.structs.replace(result, notes=[*result.notes, *run.notes]))

    with closing(runs()) as opened:  # so that the last session ends before the sandbox, also after an error
        run(tasks, opened, judged, done)


class _Clock:
    started = ""
    _begin = 0.0

    def start(self) -> None:
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._begin = time.monotonic()

    def duration_s(self) -> float:
        return round(time.monotonic() - self._begin, 4)


def _verdicts(record: Record) -> dict[str, CheckResult]:
    """Return the verdicts of an exercise's checks; an item that crashed has an undecided one."""
    found: dict[str, CheckResult] = {}
    for test in record["tests"]:
        meta = test["metadata"]
        if not meta["verdict"]:
            crash = test.get("call", {}).get("crash", {}).get("message", "no verdict")
            found[meta["check"]] = _crashed(crash)
            continue
        result: CheckResult = meta["verdict"]
        duration = round(test["call"]["duration"], 6)
        found[meta["check"]] = msgspec.structs.replace(result, duration_s=duration)
    return found


def _crashed(message: str) -> CheckResult:
    return CheckResult(name="", title="", status="undecided", points=0, max_points=0, message=message)


def _exercise(
    task: Task, run: SubmissionRun, verdicts: dict[str, CheckResult], mistakes: Mistakes
) -> ExerciseResult:
    asked = run.asked(task)
    checks = []
    for bound in task.checks:
        result = verdicts[bound.id]
        checks.append(_undecided(bound, result.message) if result.status == "undecided" else result)
    status = status_of(task, asked, checks)
    checks = _without_ready_functions(task, asked, checks)
    return ExerciseResult(
        slug=task.slug,
        title=task.title,
        lesson=task.lesson,
        file=asked.source.file.path if isinstance(asked.source, Found) else asked.source.file,
        status=status,
        points=sum(check.points for check in checks),
        open_points=sum(check.open_points for check in checks),
        max_points=task.max_points,
        error=fault_of(task, asked),
        stdout=asked.stdout[:_STDOUT_CHARS],
        warnings=_warnings(task, asked),
        diagnosis=None if status in _UNCALLED or asked.load else _diagnosis(task, run, mistakes, checks),
        hints=[] if status == "passed" else list(task.hints),
        formula=task.formula,
        checks=checks,
    )


def _without_ready_functions(task: Task, asked: Asked, checks: Sequence[CheckResult]) -> list[CheckResult]:
    """Return the checks; where the text says that a function earns nothing and it is used, they all wait."""
    failed = {check.name: check for check in checks if check.status == "failed"}
    for bound in task.checks:
        if (
            bound.id in failed
            and isinstance(asked.source, Found)
            and decisive(bound, asked.observations, asked.source)
        ):
            message = f"By hand first: this check starts once “{bound.check.title}” passes."
            return [
                verdict(one, "skipped", message=message) if check.status in EARNED else check
                for one, check in zip(task.checks, checks, strict=True)
            ]
    return list(checks)


def _undecided(bound: Bound, reason: str) -> CheckResult:
    message, details = _failure(reason)
    return verdict(bound, "undecided", message=message, details=details)


def _failure(reason: str) -> tuple[str, str]:
    """Return the sentence for students on a failure of ours, and the reason for instructors.

    The reason is an exception's text, which may quote hidden inputs or the submission. Students read its type
    only.
    """
    kind = reason.partition(":")[0].rpartition(".")[2]
    is_name = ":" in reason and len(kind) <= _NAME_CHARS and kind.isidentifier()
    return f"{_FAILED}{f' ({kind})' if is_name else ''}.", f"{_FAILED}: {reason[:_REASON_CHARS]}"


def _diagnosis(
    task: Task, run: SubmissionRun, mistakes: Mistakes, checks: Sequence[CheckResult]
) -> Diagnosis | None:
    asked = run.asked(task)
    failed = [check.name for check in checks if check.status == "failed" and not check.advice]
    source = asked.source if isinstance(asked.source, Found) else None
    try:
        return diagnose(task, asked.answers, mistakes, failed=failed, source=source)
    except Exception as error:  # the verdicts are there already; they do without a cause
        run.note(f"{task.slug}: no likely cause", error)
        return None


def _warnings(task: Task, asked: Asked) -> list[str]:
    public = (answer for name, answer in asked.answers.items() if name not in task.secret)
    found = dict.fromkeys(w for answer in public for w in answer.warnings)
    return list(found)[:_WARNINGS]


def _result(
    info: SubmissionInfo, exercises: list[ExerciseResult], level: str, suite: str, clock: _Clock
) -> Result:
    return Result(
        student=info.student,
        digest=info.digest,
        suite=suite,
        sandbox=level,
        points=sum(e.points for e in exercises),
        open_points=sum(e.open_points for e in exercises),
        max_points=sum(e.max_points for e in exercises),
        started=clock.started,
        duration_s=clock.duration_s(),
        notes=list(info.notes),
        exercises=exercises,
    )


def undecided_result(info: SubmissionInfo, tasks: Sequence[Task], *, level: str, reason: str) -> Result:
    """Return the result of a submission that the grader failed to grade; all its points are open."""
    clock = _Clock()
    clock.start()
    exercises = [_undecided_exercise(task, reason) for task in tasks]
    return _result(info, exercises, level, "", clock)


def _undecided_exercise(task: Task, reason: str) -> ExerciseResult:
    message, details = _failure(reason)
    return ExerciseResult(
        slug=task.slug,
        title=task.title,
        lesson=task.lesson,
        file="",
        status="undecided",
        points=0,
        open_points=task.max_points,
        max_points=task.max_points,
        error=Fault(type="GraderError", message=message, details=details),
        checks=[_undecided(bound, reason) for bound in task.checks],
    )
