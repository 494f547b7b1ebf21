"""The summary of a class: causes, key figures, scores, checks and one row per student."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import msgspec

from grader.report.exercise_summary import STOPPED, Cause, ExerciseCounter, ExerciseTally, mistake_of
from grader.report.histogram import Bar, bars, quartiles
from grader.report.needs import Need, NeedsCounter
from grader.results import ExerciseResult, Result
from grader.text.numbers import points_text
from grader.text.wording import STATUSES, Status, exercise_status, natural

FIRST: Final = ord("A")
"""Code of the first mark's character. No character soon after it needs escaping. class.js uses it as well."""

FLAGS: Final = ("late", "extended", "adjusted")


class Mark(msgspec.Struct, frozen=True):
    """One exercise of one student."""

    status: Status
    points: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One student; `marks` are in the order of the exercises, None for an exercise without a result."""

    student: str
    points: float
    open_points: float = 0.0
    marks: list[Mark | None]
    causes: list[int]
    flags: tuple[str, ...] = ()
    """Of `FLAGS`, what the points of any exercise depend on."""


class ClassSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The data of the pages and tables about a class."""

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
    """Number of students with code that could not be parsed or did not end normally."""
    needs: list[Need] = []
    undecided: list[str] = []
    """Students for whom the grader itself failed, with open points."""
    bars: list[Bar] = []
    latest: str = ""
    """When the last submission was graded, ISO 8601."""


def summary(results: Iterable[Result]) -> ClassSummary:
    """Return the summary of a class; students in natural order, `student-2` before `student-10`."""
    counter = ClassCounter()
    for result in sorted(results, key=lambda r: natural(r.student)):
        counter.add(result)
    return counter.summary()


class ClassCounter:
    """Counts results, one student after the other in the order of the rows, and keeps none of them."""

    def __init__(self) -> None:
        self._exercises: dict[str, ExerciseCounter] = {}
        self._places: dict[str, int] = {}
        self._rows: list[Row] = []
        self._keys: list[list[tuple[str, str]]] = []
        """The mistakes of each row. Their places in the list of causes are known only at the end."""
        self._most, self._latest = 0.0, ""
        self._full = self._below_half = self._stopped = 0
        self._undecided: list[str] = []
        self._needs = NeedsCounter()

    def add(self, result: Result, *, flags: tuple[str, ...] = (), is_listed: bool = False) -> None:
        """Count one student.

        Args:
            flags: what the points depend on, of `FLAGS`.
            is_listed: whether a roster gave an id.
        """
        for exercise in result.exercises:
            self._places.setdefault(exercise.slug, len(self._places))
            counter = self._exercises.setdefault(exercise.slug, ExerciseCounter(exercise))
            counter.add(result.student, exercise, elsewhere=_elsewhere(result, exercise))
        self._most = max(self._most, result.max_points)
        self._latest = max(self._latest, result.started)
        self._full += result.points >= result.max_points > 0
        self._below_half += result.points < result.max_points / 2
        self._stopped += any(e.status in STOPPED for e in result.exercises)
        if result.is_undecided:
            self._undecided.append(result.student)
        self._needs.add(result, is_listed=is_listed)
        self._rows.append(self._row(result, flags))
        self._keys.append([(e.slug, mistake) for e in result.exercises if (mistake := mistake_of(e))])

    def _row(self, result: Result, flags: tuple[str, ...]) -> Row:
        marks: list[Mark | None] = [None] * len(self._places)
        for exercise in result.exercises:
            marks[self._places[exercise.slug]] = _mark(exercise_status(exercise), exercise.points)
        return Row(
            student=result.student,
            points=result.points,
            open_points=result.open_points,
            marks=marks,
            causes=[],
            flags=flags,
        )

    def summary(self) -> ClassSummary:
        """Return the summary of all students so far."""
        if not self._rows:
            return ClassSummary()
        exercises = _lowest_marked(
            [counter.tally(has_others=len(self._exercises) > 1) for counter in self._exercises.values()]
        )
        causes = sorted((c for e in exercises for c in e.causes), key=lambda cause: -len(cause.students))
        points = [row.points for row in self._rows]
        return ClassSummary(
            rows=self._pointed(causes),
            exercises=exercises,
            causes=causes,
            unexplained=sum(e.unexplained for e in exercises),
            max_points=self._most,
            median=statistics.median(points),
            quartiles=quartiles(points),
            full=self._full,
            below_half=self._below_half,
            stopped=self._stopped,
            needs=self._needs.needs(),
            undecided=self._undecided,
            bars=bars(points, self._most),
            latest=self._latest,
        )

    def _pointed(self, causes: list[Cause]) -> list[Row]:
        """Return the rows with the places of their causes, and None for exercises that came up later."""
        place = {(cause.slug, cause.mistake): i for i, cause in enumerate(causes)}
        return [
            msgspec.structs.replace(
                row,
                marks=row.marks + [None] * (len(self._places) - len(row.marks)),
                causes=[place[key] for key in keys],
            )
            for row, keys in zip(self._rows, self._keys, strict=True)
        ]


def _elsewhere(result: Result, exercise: ExerciseResult) -> float:
    """Return the share of the points of all other exercises."""
    most = result.max_points - exercise.max_points
    return (result.points - exercise.points) / most if most > 0 else 0.0


@cache
def _mark(status: Status, points: float) -> Mark:
    """Return one object for all equal marks, to save memory: a class has few different ones."""
    return Mark(status, points)


def _lowest_marked(exercises: list[ExerciseTally]) -> list[ExerciseTally]:
    """Return the exercises with a mark on the checks that the fewest students pass."""
    shares = [c.passed / c.total for e in exercises for c in e.checks]
    low = min(shares, default=1.0)
    return [
        msgspec.structs.replace(
            e,
            checks=[msgspec.structs.replace(c, lowest=c.passed / c.total == low < 1) for c in e.checks],
        )
        for e in exercises
    ]


def packed(rows: Sequence[Row]) -> tuple[list[list[float] | None], list[list[object]]]:
    """Return the distinct marks, and each row in a compact form: name, points, marks, causes.

    A mark is its position in `STATUSES` and the points. A row has one character for each mark: `A` for the
    most frequent one, `B` for the next, and so on. A row with flags ends with their bits.
    """
    counted = Counter(mark for row in rows for mark in row.marks)
    characters = {mark: chr(FIRST + place) for place, (mark, _) in enumerate(counted.most_common())}
    marks = [[STATUSES.index(m.status), _short(m.points)] if m else None for m in characters]
    short = [
        [
            row.student,
            _short(row.points),
            "".join(characters[mark] for mark in row.marks),
            row.causes,
            *([_bits(row.flags)] if row.flags else []),
        ]
        for row in rows
    ]
    return marks, short


def _bits(flags: tuple[str, ...]) -> int:
    return sum(1 << FLAGS.index(flag) for flag in flags)


def _short(points: float) -> float:
    """Return the rounded points as a number, which the script shows without rounding."""
    value = float(points_text(points))
    return int(value) if value.is_integer() else value
