"""Remove private details from a result: a student sees a fixed sentence instead, and no values."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from grader.results import CheckResult, ExerciseResult, Fault, Repair, RepairStage, Result


def for_student(result: Result) -> Result:
    """Return `result` without the details of hidden cases: values, calls, plots, texts and times."""
    # Times are details, too: a submission can take longer for one hidden input than for another.
    return replace(result, duration_s=0.0, exercises=[_exercise(e) for e in result.exercises])


def held_back(repair: Repair | None, stage: RepairStage) -> Repair | None:
    """Return what a stage tells of a repair, at most what the student may be told.

    A change that uses code of the solution is told by its place and kind alone.
    """
    order: tuple[RepairStage, ...] = get_args(RepairStage)
    until = min(stage, repair.told, key=order.index) if repair else "off"
    if repair is None or until == "off":
        return None
    return Repair(
        file=repair.file,
        function=repair.function,
        line=repair.line,
        excerpt=repair.excerpt,
        where=repair.where,
        what=repair.what if until != "where" else [],
        change=repair.change if until == "change" and not repair.uses_solution else [],
        is_full=repair.is_full,
        told=until,
    )


def _exercise(exercise: ExerciseResult) -> ExerciseResult:
    error = exercise.error
    # The time of the first check includes all calls, also those of hidden cases.
    checks = [replace(check, duration_s=0.0) for check in exercise.checks]
    return replace(
        exercise,
        # A result with details has a private sentence, even if its case is public.
        error=_fault(error) if error is not None and (error.case_hidden or error.details) else error,
        repair=held_back(exercise.repair, "change"),  # at most as far as `Repair.told` says
        checks=[_check(check) if check.case_hidden or check.details else check for check in checks],
    )


def _check(check: CheckResult) -> CheckResult:
    """Return a verdict with the fields named here only, so that a field added later is private."""
    return CheckResult(
        name=check.name,
        title=check.title,
        status=check.status,
        points=check.points,
        open_points=check.open_points,
        max_points=check.max_points,
        hidden=check.hidden,
        advice=check.advice,
        message=check.message,
        case_hidden=check.case_hidden,
        stages=check.stages,  # hidden cases count as usual values, which the status says as well
    )


def _fault(fault: Fault) -> Fault:
    return Fault(type=fault.type, message=fault.message, case_hidden=fault.case_hidden)
