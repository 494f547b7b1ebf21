"""A class seen as a whole: causes, key facts, scores, checks and one row a student."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from grader.results import ExerciseResult, Result
from grader.scores import Bar, bars, quartiles
from grader.wording import STATUSES, Status, exercise_status

_STOPPED: Final = ("syntax_error", "wrong_signature", "crashed", "exited", "timed_out", "raised")
_UNTOUCHED: Final = ("missing", "not_attempted")


class CheckTally(msgspec.Struct, frozen=True, kw_only=True):
    """How a check went; the counts add up to the students who have the exercise."""

    title: str
    passed: int = 0
    failed: int = 0
    error: int = 0
    idle: int = 0
    lowest: bool = False

    @property
    def total(self) -> int:
        """How many students were judged."""
        return self.passed + self.failed + self.error + self.idle


class ExerciseTally(msgspec.Struct, frozen=True, kw_only=True):
    """How an exercise went."""

    slug: str
    title: str
    max_points: float
    mean: float
    done: int
    total: int
    checks: list[CheckTally]

    @property
    def hardest(self) -> CheckTally | None:
        """The check that fewest students pass; None if all do."""
        low = min(self.checks, key=lambda c: c.passed / c.total, default=None)
        return low if low is not None and low.passed < low.total else None


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """A known mistake and who made it."""

    slug: str
    mistake: str
    message: str
    prompt: str
    """A hint to start the discussion with; empty if the exercise has none."""
    students: list[str]

    @property
    def name(self) -> str:
        """What it is called in a student's row, where a sentence would be too long."""
        return f"{self.slug} {self.mistake}"


class Mark(msgspec.Struct, frozen=True):
    """One exercise of one student."""

    status: Status
    points: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One student; `marks` in the order of the exercises, None where there is no result."""

    student: str
    points: float
    marks: list[Mark | None]
    causes: list[int]


class ClassSummary(msgspec.Struct, frozen=True, kw_only=True):
    """All that the class page shows."""

    rows: list[Row] = []
    exercises: list[ExerciseTally] = []
    causes: list[Cause] = []
    unexplained: int = 0
    """Failed exercises that match no known mistake."""
    max_points: float = 0
    median: float = 0
    quartiles: tuple[float, float] = (0, 0)
    full: int = 0
    below_half: int = 0
    stopped: int = 0
    """Students with code that could not be read or did not end normally."""
    broken: list[str] = []
    """Students whose grading failed through the grader's own fault."""
    bars: list[Bar] = []
    latest: str = ""
    """When the last submission was graded, ISO 8601."""


def summary(results: Sequence[Result]) -> ClassSummary:
    """Return what a class has in common; students in natural order, `student-2` before `student-10`."""
    if not results:
        return ClassSummary()
    ordered = sorted(results, key=lambda r: natural(r.student))
    causes = _causes(ordered)
    points = [r.points for r in ordered]
    most = max(r.max_points for r in ordered)
    middle = statistics.median(points)
    return ClassSummary(
        rows=_rows(ordered, causes),
        exercises=_exercises(ordered),
        causes=causes,
        unexplained=_unexplained(ordered),
        max_points=most,
        median=middle,
        quartiles=quartiles(points),
        full=sum(r.points >= r.max_points > 0 for r in ordered),
        below_half=sum(r.points < r.max_points / 2 for r in ordered),
        stopped=sum(any(e.status in _STOPPED for e in r.exercises) for r in ordered),
        broken=[r.student for r in ordered if _is_broken(r)],
        bars=bars(points, most),
        latest=max(r.started for r in ordered),
    )


def natural(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"([0-9]+)", name)
    return [(int(part), "") if part.isdigit() and part.isascii() else (-1, part.casefold()) for part in parts]


def _is_broken(result: Result) -> bool:
    return any(e.status == "broken" or any(c.status == "broken" for c in e.checks) for e in result.exercises)


def _by_slug(results: Iterable[Result]) -> dict[str, list[ExerciseResult]]:
    grouped: dict[str, list[ExerciseResult]] = defaultdict(list)
    for result in results:
        for exercise in result.exercises:
            grouped[exercise.slug].append(exercise)
    return grouped


def _exercises(results: Sequence[Result]) -> list[ExerciseTally]:
    tallies = [_exercise(slug, group) for slug, group in _by_slug(results).items()]
    shares = [c.passed / c.total for t in tallies for c in t.checks]
    low = min(shares, default=1.0)
    if low == 1:
        return tallies
    return [
        msgspec.structs.replace(
            t, checks=[msgspec.structs.replace(c, lowest=c.passed / c.total == low) for c in t.checks]
        )
        for t in tallies
    ]


def _exercise(slug: str, group: list[ExerciseResult]) -> ExerciseTally:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    titles: dict[str, str] = {}
    for exercise in group:
        for check in exercise.checks:
            if not check.advice:
                titles[check.name] = check.title
                counts[check.name][_outcome(check.status, exercise.status)] += 1
    return ExerciseTally(
        slug=slug,
        title=group[0].title,
        max_points=max(e.max_points for e in group),
        mean=statistics.fmean(e.points for e in group),
        done=sum(e.status == "passed" for e in group),
        total=len(group),
        checks=[_tally(title, counts[name]) for name, title in titles.items()],
    )


def _tally(title: str, count: Counter[str]) -> CheckTally:
    return CheckTally(
        title=title,
        passed=count["passed"],
        failed=count["failed"],
        error=count["error"],
        idle=count["idle"],
    )


def _outcome(check: str, exercise: str) -> str:
    if check in ("passed", "inconclusive"):
        return "passed"
    if check == "skipped" or exercise in _UNTOUCHED:
        return "idle"
    return "error" if check == "broken" or exercise in _STOPPED else "failed"


def _causes(results: Sequence[Result]) -> list[Cause]:
    who: dict[tuple[str, str], list[str]] = defaultdict(list)
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for result in results:
        for exercise in result.exercises:
            if exercise.diagnosis is not None:
                key = exercise.slug, exercise.diagnosis.mistake
                prompt = exercise.hints[0] if exercise.hints else ""
                first.setdefault(key, (exercise.diagnosis.message, prompt))
                who[key].append(result.student)
    causes = [
        Cause(slug=key[0], mistake=key[1], message=first[key][0], prompt=first[key][1], students=students)
        for key, students in who.items()
    ]
    return sorted(causes, key=lambda cause: -len(cause.students))


def _unexplained(results: Sequence[Result]) -> int:
    every = (e for result in results for e in result.exercises)
    return sum(e.status in ("failed", "wrong_type") and e.diagnosis is None for e in every)


def _rows(results: Sequence[Result], causes: list[Cause]) -> list[Row]:
    slugs = list(_by_slug(results))
    place = {(cause.slug, cause.mistake): i for i, cause in enumerate(causes)}
    rows = []
    for result in results:
        mine = {e.slug: e for e in result.exercises}
        marks = [Mark(exercise_status(mine[s]), mine[s].points) if s in mine else None for s in slugs]
        found = [place[e.slug, e.diagnosis.mistake] for e in result.exercises if e.diagnosis]
        rows.append(Row(student=result.student, points=result.points, marks=marks, causes=found))
    return rows


def packed(row: Row) -> list[object]:
    """Return a row as short as it can be: name, points, points by exercise, places in `STATUSES`, causes."""
    places = "".join("-" if m is None else f"{STATUSES.index(m.status):x}" for m in row.marks)
    marks = [_short(m.points) if m else 0 for m in row.marks]
    return [row.student, _short(row.points), marks, places, row.causes]


def _short(points: float) -> float:
    return int(points) if float(points).is_integer() else round(points, 4)
