"""Read the gradebook: one student after the other, with the attempts that count as one result."""

from __future__ import annotations

import hashlib
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, select

from grader.course.policy import Policy, Rule
from grader.errors import GradebookError
from grader.gradebook.book import Gradebook
from grader.gradebook.checked_row import sound
from grader.gradebook.damage import DAMAGE, described, text
from grader.gradebook.people import Person, by_person, counted, everybody, owners
from grader.gradebook.policy_points import Adjustment, Extension, Mark, Standing, mark
from grader.gradebook.schema import adjustments, attempts, extensions, gradings, sources
from grader.gradebook.write import unpack
from grader.results import ExerciseResult, Result

UNKEPT: Final = "It was handed in before sources were kept: these are the verdicts of earlier checks."
WAITING: Final = "These are the verdicts of earlier checks: it has not been graded again yet."
Moved = Callable[[int, int], object]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One student with the result that counts."""

    student: str
    name: str
    ident: str
    """The roster's id, else the number of Canvas."""
    listed: str
    """The roster's id; empty if there is only a download's own number."""
    handed: tuple[tuple[str, str], ...]
    """The names under which the student handed in, the first one first, each with the download's system."""
    result: Result
    marks: dict[str, Mark]
    is_extended: bool
    """Whether the student has a deadline of their own in any lesson."""
    digests: dict[str, str]
    """By exercise, the digest of the submission that counts; empty if its source is not kept."""
    stamp: str
    """Hash of all that the student's page depends on."""

    @property
    def flags(self) -> tuple[str, ...]:
        """Whether the points are `late`, `extended` or `adjusted` in any exercise."""
        holds = {
            "late": any(mark.late_days for mark in self.marks.values()),
            "extended": self.is_extended,
            "adjusted": any(mark.adjustment for mark in self.marks.values()),
        }
        return tuple(name for name, true in holds.items() if true)


def records(
    book: Gradebook, *, students: Sequence[str] = (), moved: Moved = lambda done, total: None
) -> Iterator[Record]:
    """Yield the record of every student, or of those named; `student-2` comes before `student-10`.

    Memory does not grow with the class. After each student, `moved` is called with the number of students
    done and of all.
    """
    policy, suites = book.policy(), book.suites()
    query = select(attempts, gradings, sources.c.digest.label("kept")).join_from(attempts, gradings)
    query = query.outerjoin(sources, sources.c.digest == attempts.c.digest)
    place = {slug: number for slugs in book.order().values() for number, slug in enumerate(slugs)}
    with book.transaction(reading=True) as link:
        granted = _Granted(link)
        everyone, most = everybody(link), _maxima(link)
        people = list(dict.fromkeys(owners(everyone, students))) if students else list(everyone.values())
        for number, (one, rows) in enumerate(by_person(link, people, query), 1):
            try:
                record = _record(one, _placed(map(sound, rows), place), policy, granted, most, suites)
            except DAMAGE as error:
                raise GradebookError(_damaged(one.student, error)) from error
            yield record
            moved(number, len(people))


class _Granted:
    """The instructor's adjustments and extensions."""

    def __init__(self, link: Connection) -> None:
        self._points: dict[str, dict[str, Adjustment]] = defaultdict(dict)
        self._time: dict[str, dict[str, Extension]] = defaultdict(dict)
        for row in link.execute(select(adjustments)):
            self._points[row.student][row.slug] = Adjustment(points=row.points, reason=row.reason)
        for row in link.execute(select(extensions)):
            self._time[row.student][row.lesson] = Extension(
                lesson=row.lesson, until=row.until, reason=row.reason
            )

    def points(self, one: Person) -> dict[str, Adjustment]:
        """Return a person's adjustments by exercise; those under the first name come first."""
        return {k: v for name in reversed(one.students) for k, v in self._points.get(name, {}).items()}

    def time(self, one: Person) -> dict[str, Extension]:
        """Return a person's extensions by lesson; those under the first name come first."""
        return {k: v for name in reversed(one.students) for k, v in self._time.get(name, {}).items()}


def _damaged(student: str, error: Exception) -> str:
    return (
        f"The stored results of {student} are damaged ({described(error)}); `grader grade` with"
        f" `--force --only {shlex.quote(student)}` grades them again, everything else is kept."
    )


def students(book: Gradebook) -> list[Person]:
    """Return every student, `student-2` before `student-10`."""
    with book.transaction(reading=True) as link:
        return list(everybody(link).values())


def lessons(book: Gradebook) -> list[str]:
    """Return the names of all lessons with graded exercises, those that the policy leaves out included."""
    with book.transaction(reading=True) as link:
        return sorted(map(text, link.scalars(select(gradings.c.lesson).distinct())))


def _maxima(link: Connection) -> dict[str, float]:
    """Return the current maximum of each exercise: that of its newest result of any student."""
    newest = func.max(gradings.c.graded).label("newest")
    query = select(gradings.c.slug, gradings.c.max_points, newest)
    query = query.group_by(gradings.c.slug, gradings.c.max_points).order_by(newest)
    return {row.slug: row.max_points for row in link.execute(query)}


def _placed(rows: Iterable[Row[Any]], place: Mapping[str, int]) -> list[Row[Any]]:
    """Return a student's rows in the order of the course; removed exercises come last in their lessons."""
    return sorted(rows, key=lambda row: (row.lesson, place.get(row.slug, len(place)), row.slug, row.id))


def _record(
    one: Person,
    rows: Sequence[Row[Any]],
    policy: Policy,
    granted: _Granted,
    most: Mapping[str, float],
    suites: Mapping[str, str],
) -> Record:
    exercises, marks, digests, counting = [], {}, {}, []
    facts = [msgspec.json.encode(policy).decode()]
    places, own, longer = counted(rows), granted.points(one), granted.time(one)
    now = datetime.now(UTC)
    # Name and notes are those of the latest attempt, whichever attempt counts for an exercise.
    latest = max(rows, key=lambda row: places[row.id][1])
    # The policy may leave out a lesson after it was graded; its results stay in the gradebook.
    used = [row for row in rows if policy.uses(row.lesson)]
    for slug, tries in ((k, list(g)) for k, g in groupby(used, key=lambda row: str(row.slug))):
        rule = _rule(policy, tries[0].lesson, longer.get(tries[0].lesson))
        standings = [_standing(row, *places[row.id]).out_of(most[slug]) for row in tries]
        found = mark(standings, rule, own.get(slug))
        at = next(i for i, standing in enumerate(standings) if standing.attempt == found.attempt)
        row = tries[at]
        exercise = _exercise(row, standings[at], found, is_old=row.suite != suites.get(slug, row.suite))
        if exercise.repair:
            stage = policy.repairs_told(exercise.lesson, rule.deadline, now)
            repair = msgspec.structs.replace(exercise.repair, told=stage)
            exercise = msgspec.structs.replace(exercise, repair=repair)
            facts.append(repr(repair))
        exercises.append(exercise)
        marks[slug] = found
        digests[slug] = row.digest if row.kept else ""
        counting.append(row)
        facts += [repr(found), repr(rule), *map(repr, standings), *map(repr, exercise.remarks)]
        facts += [repr((*tuple(row)[:-2], row.kept)) for row in tries]
    told = [longer[name].remark() for name in dict.fromkeys(row.lesson for row in used) if name in longer]
    facts += told
    return Record(
        student=one.student,
        name=latest.name,
        ident=one.ident,
        listed=one.listed,
        handed=one.handed,
        result=_result(one, latest, counting, exercises, told),
        marks=marks,
        is_extended=bool(told),
        digests=digests,
        stamp=hashlib.sha256("\n".join(facts).encode()).hexdigest(),
    )


def _rule(policy: Policy, lesson: str, longer: Extension | None) -> Rule:
    rule = policy.lesson(lesson)
    if not longer:
        return rule
    return msgspec.structs.replace(rule, deadline=datetime.fromisoformat(longer.until), extended=True)


def _standing(row: Row[Any], number: int, rank: int) -> Standing:
    return Standing(
        attempt=number,
        rank=rank,
        status=row.status,
        points=row.points,
        open_points=row.open_points,
        max_points=row.max_points,
        submitted=row.submitted,
        late=row.late,
    )


def _exercise(row: Row[Any], standing: Standing, found: Mark, *, is_old: bool) -> ExerciseResult:
    # The lesson's folder may have got another number since.
    stored = msgspec.structs.replace(unpack(row.result), lesson=row.lesson)
    exercise = _worth(stored, standing)
    remarks = found.remarks() + ([WAITING if row.kept else UNKEPT] if is_old else [])
    if not remarks and found.open_points == exercise.open_points:
        return exercise
    return msgspec.structs.replace(
        exercise, points=found.points, open_points=found.open_points, remarks=remarks
    )


def _worth(exercise: ExerciseResult, standing: Standing) -> ExerciseResult:
    """Rescale a result and its checks to the exercise's current maximum."""
    if exercise.max_points == standing.max_points:
        return exercise
    factor = standing.max_points / exercise.max_points if exercise.max_points else 1.0
    checks = [
        msgspec.structs.replace(
            check,
            points=round(check.points * factor, 4),
            open_points=round(check.open_points * factor, 4),
            max_points=round(check.max_points * factor, 4),
        )
        for check in exercise.checks
    ]
    return msgspec.structs.replace(
        exercise,
        points=standing.points,
        open_points=standing.open_points,
        max_points=standing.max_points,
        checks=checks,
    )


def _result(
    one: Person,
    latest: Row[Any],
    counting: Sequence[Row[Any]],
    exercises: list[ExerciseResult],
    told: list[str],
) -> Result:
    suites = sorted({(row.slug, row.suite) for row in counting})
    return Result(
        student=one.student,
        digest=latest.digest,
        suite=hashlib.sha256(repr(suites).encode()).hexdigest(),
        sandbox=latest.sandbox,
        points=round(sum(e.points for e in exercises), 4),
        open_points=round(sum(e.open_points for e in exercises), 4),
        max_points=sum(e.max_points for e in exercises),
        started=max((str(row.graded) for row in counting), default=str(latest.graded))[:19] + "+00:00",
        duration_s=round(sum(c.duration_s for e in exercises for c in e.checks), 4),
        notes=msgspec.json.decode(latest.notes, type=list[str]) + told,
        exercises=exercises,
    )
