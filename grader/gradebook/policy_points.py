"""What an exercise is worth in the end: the attempt that counts, late days, the instructor's change."""

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

_DAY_S: Final = 86400.0


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise in one attempt, as graded."""

    attempt: int
    """Number of the attempt, from 1, as the grader saw them."""
    rank: int
    """Order of the attempts; the one handed in last has the highest."""
    status: str
    points: float
    open_points: float = 0.0
    max_points: float
    submitted: str = ""
    late: bool = False

    def out_of(self, most: float) -> Standing:
        """Return this as it counts where the exercise has `most` points by now: the same share of them.

        An exercise that was worth nothing had no share: it counts whole if it passed, else not at all.
        """
        if self.max_points == most:
            return self
        share = self.points / self.max_points if self.max_points else float(self.status == "passed")
        left = self.open_points / self.max_points if self.max_points else 0.0
        return msgspec.structs.replace(
            self, points=round(share * most, 4), open_points=round(left * most, 4), max_points=most
        )


class Adjustment(msgspec.Struct, frozen=True, kw_only=True):
    """An instructor's own number of points."""

    points: float
    reason: str


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """A student's own deadline in one lesson."""

    lesson: str
    until: str
    reason: str

    def remark(self) -> str:
        """Return what the student reads."""
        lesson = lesson_name(self.lesson) or self.lesson
        return f"Your instructor set your deadline for {lesson} to {moment(self.until)}: {self.reason}"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What counts, and every step to it."""

    attempt: int
    attempts: int
    earned: float
    """By the checks of that attempt."""
    late_days: int = 0
    percent: float = 0
    """Taken for lateness."""
    adjustment: Adjustment | None = None
    points: float
    open_points: float = 0.0
    """How many more it can become once the grader has decided all attempts."""

    def remarks(self) -> list[str]:
        """Return why the points are not those of the checks alone, one sentence each."""
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
    """Return what an exercise is worth, given all attempts at it.

    An attempt without the exercise counts only if no other has it: nobody loses by handing in a part.
    """
    candidates = [s for s in standings if s.status not in UNTOUCHED] or list(standings)
    valued = [(s, *lateness(s, rule)) for s in candidates]
    if rule.attempts == "best":
        chosen, days, percent = max(valued, key=lambda v: (_less(v[0].points, v[2]), v[0].rank))
    else:
        chosen, days, percent = max(valued, key=lambda v: v[0].rank)
    counted = _less(chosen.points, percent)
    # The best attempt may turn out to be another one, the last one stays the last.
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
    """Return the days begun after the deadline, and the percentage they cost.

    Where only the download's mark says late, it is one day; an extension makes the mark void.
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
        return days, 100.0
    return days, min(days * rule.late.percent_per_day, rule.late.most_percent)
