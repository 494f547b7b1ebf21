"""The class in half a minute: whom to talk to, what is too hard, what to discuss, which check to doubt."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

from grader.report.class_summary import ClassSummary, Row
from grader.report.exercise_summary import Cause, CheckTally, ExerciseTally

_STUDENTS: Final = 6
_EXERCISES: Final = 3
_CHECKS: Final = 2


@dataclass(frozen=True)
class Glance:
    """The answers to four questions; what is empty is no problem in this class."""

    behind: list[Row]
    """The students with the fewest points, of those below half."""
    hard: list[ExerciseTally]
    """Exercises that less than half of the class passes."""
    discuss: Cause | None
    doubtful: list[tuple[ExerciseTally, CheckTally]]
    """Checks that are failed by students who do well elsewhere."""


def glance(seen: ClassSummary) -> Glance:
    """Return the answers for a class."""
    behind = (row for row in seen.rows if row.points < seen.max_points / 2)
    hard = [e for e in seen.exercises if e.done < e.total / 2]
    doubtful = [(e, check) for e in seen.exercises for check in e.checks if check.is_doubtful]
    return Glance(
        behind=nsmallest(_STUDENTS, behind, key=lambda row: row.points),
        hard=sorted(hard, key=lambda e: e.done / e.total)[:_EXERCISES],
        discuss=seen.causes[0] if seen.causes else None,
        doubtful=sorted(doubtful, key=lambda pair: -pair[1].surplus)[:_CHECKS],
    )
