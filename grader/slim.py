"""A result with no more than a class page needs: thousands of them fit into memory."""

from __future__ import annotations

from functools import cache

import msgspec

from grader.results import CheckResult, CheckStatus, ExerciseResult, Result


def slim(result: Result) -> Result:
    """Return `result` without what only students' pages show."""
    return msgspec.structs.replace(result, notes=[], exercises=[_slim(e) for e in result.exercises])


def _slim(exercise: ExerciseResult) -> ExerciseResult:
    checks = [_bare(c.name, c.title, c.status, c.points, c.max_points, c.advice) for c in exercise.checks]
    return msgspec.structs.replace(
        exercise, error=None, remarks=[], stdout="", warnings=[], hints=exercise.hints[:1], checks=checks
    )


@cache
def _bare(
    name: str, title: str, status: CheckStatus, points: float, max_points: float, advice: bool
) -> CheckResult:
    """Return one object for all that are equal: a class has few different ones."""
    return CheckResult(
        name=name, title=title, status=status, points=points, max_points=max_points, advice=advice
    )
