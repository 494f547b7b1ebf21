"""The final points of an exercise: the attempt that counts, late days, the instructor's adjustment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from grader.course.policy import Rule
from grader.results import UNTOUCHED
from grader.text.numbers import number, plural, points_text
from grader.text.wording import lesson_name, moment

IGNORED: Final = (*UNTOUCHED, "unreadable")
"""Statuses of an exercise for which an earlier attempt counts."""
_DAY_S: Final = 86400.0


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise in one attempt, as graded."""

    attempt: int
    """Number of the attempt, from 1, in the order in which the grader first saw them."""
    rank: int
    """Rank of the attempt; the one handed in last has the highest."""
    status: str
    points: float
    open_points: float = 0.0
    max_points: float
    submitted: str = ""
    late: bool = False

    def out_of(self, most: float) -> Standing:
        """Rescale to the exercise's current maximum `most`: 3 of 4 points become 6 of 8.

        If the exercise had a maximum of 0, it gets all points if it passed, else none.
        """
        if self.max_points == most:
            return self
        share = self.points / self.max_points if self.max_points else float(self.status == "passed")
        left = self.open_points / self.max_points if self.max_points else 0.0
        return msgspec.structs.replace(
            self, points=round(share * most, 4), open_points=round(left * most, 4), max_points=most
        )


class Adjustment(msgspec.Struct, frozen=True, kw_only=True):
    """Points that an instructor has set."""

    points: float
    reason: str


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """A student's own deadline in one lesson."""

    lesson: str
    until: str
    reason: str

    def remark(self) -> str:
        """Return the sentence for the student."""
        lesson = lesson_name(self.lesson) or self.lesson
        return f"Your instructor set your deadline for {lesson} to {moment(self.until)}: {self.reason}"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The points that count, and how they were computed."""

    attempt: int
    attempts: int
    earned: float
    """Points that the checks of that attempt earned."""
    late_days: int = 0
    percent: float = 0
    """Deduction for lateness in percent."""
    adjustment: Adjustment | None = None
    points: float
    open_points: float = 0.0
    """Largest further number of points once no check of any attempt is undecided."""

    def remarks(self) -> list[str]:
        """Return sentences on why the points differ from those of the checks."""
        found = []
        if self.attempts > 1:
            found.append(f"Attempt {self.attempt} of {self.attempts} counts.")
        if self.late_days and self.earned:
            cost = f"{number(self.percent)} % of {plural(self.earned, 'point')} taken"
            found.append(f"Handed in {plural(self.late_days, 'day')} late: {cost}.")
        if self.adjustment:
            found.append(
                f"Your instructor set the points to {points_text(self.points)}: {self.adjustment.reason}"
            )
        return found


def mark(standings: Sequence[Standing], rule: Rule, adjustment: Adjustment | None = None) -> Mark:
    """Return the points of an exercise, given all attempts at it.

    An attempt that lacks the exercise, or whose files cannot be read, is ignored for it, unless all attempts
    do. A student who hands in one corrected exercise thus loses none of the others.
    """
    # A second attempt with softmax.py only must not cost the points of relu.py in the first.
    candidates = [s for s in standings if s.status not in IGNORED] or list(standings)
    valued = [(s, *lateness(s, rule)) for s in candidates]
    if rule.attempts == "best":
        chosen, days, percent = max(valued, key=lambda v: (_less(v[0].points, v[2]), v[0].rank))
    else:
        chosen, days, percent = max(valued, key=lambda v: v[0].rank)
    counted = _less(chosen.points, percent)
    # With open points, another attempt may turn out to be the best; the last attempt is the last in any case.
    hopes = valued if rule.attempts == "best" else [(chosen, days, percent)]
    most = max(_less(s.points + s.open_points, cost) for s, _, cost in hopes)
    return Mark(
        attempt=chosen.attempt,
        attempts=len(standings),
        earned=chosen.points,
        late_days=days,
        percent=percent,
        adjustment=adjustment,
        points=adjustment.points if adjustment else counted,
        open_points=0.0 if adjustment else round(max(most - counted, 0.0), 4),
    )


def _less(points: float, percent: float) -> float:
    return round(points * (100 - percent) / 100, 4)


def lateness(standing: Standing, rule: Rule) -> tuple[int, float]:
    """Return the number of days begun after the deadline, and the deduction in percent.

    If only the download's mark says late, it counts as one day. For a student with an extension, the mark is
    ignored.
    """
    days = 0
    if standing.submitted and rule.deadline:
        over_s = (datetime.fromisoformat(standing.submitted) - rule.deadline).total_seconds()
        days = math.ceil((over_s - 60 * rule.late.grace_minutes) / _DAY_S)
    elif standing.late and not rule.extended:
        days = 1
    if days <= 0:
        return 0, 0.0
    if rule.late.closed_after_days is not None and days > rule.late.closed_after_days:
        return days, 100.0  # too late to earn anything
    return days, min(days * rule.late.percent_per_day, rule.late.most_percent)
