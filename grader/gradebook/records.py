"""Read the gradebook: one student after the other, with the attempts that count as one result."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, select

from grader.course.policy import Policy, Rule
from grader.errors import GradebookError
from grader.gradebook.book import Gradebook
from grader.gradebook.checked_row import sound
from grader.gradebook.damage import DAMAGE, described, text
from grader.gradebook.policy_points import Adjustment, Extension, Mark, Standing, mark
from grader.gradebook.schema import adjustments, attempts, extensions, gradings
from grader.gradebook.write import unpack
from grader.results import ExerciseResult, Result
from grader.text.wording import natural

Moved = Callable[[int, int], object]
_BATCH: Final = 50
"""Number of students in memory at a time, with all their attempts."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One student with the result that counts."""

    student: str
    name: str
    ident: str
    system: str
    result: Result
    marks: dict[str, Mark]
    stamp: str
    """Hash of all that the student's page depends on."""


def records(
    book: Gradebook, *, students: Sequence[str] = (), moved: Moved = lambda done, total: None
) -> Iterator[Record]:
    """Yield the record of every student, or of those named; `student-2` comes before `student-10`.

    Memory does not grow with the class. After each student, `moved` is called with the number of students
    done and of all.
    """
    policy = book.policy()
    place = {slug: number for slugs in book.order().values() for number, slug in enumerate(slugs)}
    with book.transaction(reading=True) as link:
        own = {
            (r.student, r.slug): Adjustment(points=r.points, reason=r.reason)
            for r in link.execute(select(adjustments))
        }
        longer = {
            (r.student, r.lesson): Extension(lesson=r.lesson, until=r.until, reason=r.reason)
            for r in link.execute(select(extensions))
        }
        names, most = students or _names(link), _maxima(link)
        for number, (name, rows) in enumerate(_by_student(link, names), 1):
            try:
                record = _record(name, _placed(map(sound, rows), place), policy, own, longer, most)
            except DAMAGE as error:
                raise GradebookError(_damaged(name, error)) from error
            yield record
            moved(number, len(names))


def _damaged(student: str, error: Exception) -> str:
    return (
        f"The stored results of {student} are damaged ({described(error)}); `grader grade` with"
        f" `--force --only {shlex.quote(student)}` grades them again, everything else is kept."
    )


def students(book: Gradebook) -> list[str]:
    """Return the name of every student, `student-2` before `student-10`."""
    with book.transaction(reading=True) as link:
        return _names(link)


def lessons(book: Gradebook) -> list[str]:
    """Return the names of all lessons with graded exercises, those that the policy leaves out included."""
    with book.transaction(reading=True) as link:
        return sorted(map(text, link.scalars(select(gradings.c.lesson).distinct())))


def _names(link: Connection) -> list[str]:
    return sorted(map(text, link.scalars(select(attempts.c.student).distinct())), key=natural)


def _maxima(link: Connection) -> dict[str, float]:
    """Return the current maximum of each exercise: that of its newest result of any student."""
    newest = func.max(gradings.c.graded).label("newest")
    query = select(gradings.c.slug, gradings.c.max_points, newest)
    query = query.group_by(gradings.c.slug, gradings.c.max_points).order_by(newest)
    return {row.slug: row.max_points for row in link.execute(query)}


def _by_student(link: Connection, names: Sequence[str]) -> Iterator[tuple[str, list[Row[Any]]]]:
    """Yield the results of each student in turn.

    They are read in batches: one query for all would make the database sort all rows before the first.
    """
    query = select(attempts, gradings).join_from(attempts, gradings)
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        found: dict[str, list[Row[Any]]] = {name: [] for name in batch}
        for row in link.execute(query.where(attempts.c.student.in_(batch))):
            found[row.student].append(row)
        yield from ((name, rows) for name, rows in found.items() if rows)


def _placed(rows: Iterable[Row[Any]], place: Mapping[str, int]) -> list[Row[Any]]:
    """Return a student's rows in the order of the course; removed exercises come last in their lessons."""
    return sorted(rows, key=lambda row: (row.lesson, place.get(row.slug, len(place)), row.slug, row.number))


def _record(
    student: str,
    rows: Sequence[Row[Any]],
    policy: Policy,
    own: Mapping[tuple[str, str], Adjustment],
    longer: Mapping[tuple[str, str], Extension],
    most: Mapping[str, float],
) -> Record:
    exercises, marks, facts = [], {}, [msgspec.json.encode(policy).decode()]
    # Name, id and notes are those of the latest attempt, whichever attempt counts for an exercise.
    latest = max(rows, key=lambda row: int(row.rank))
    # The policy may leave out a lesson after it was graded; its results stay in the gradebook.
    used = [row for row in rows if policy.uses(row.lesson)]
    for slug, tries in ((k, list(g)) for k, g in groupby(used, key=lambda row: str(row.slug))):
        rule = _rule(policy, tries[0].lesson, longer.get((student, tries[0].lesson)))
        standings = [_standing(row).out_of(most[slug]) for row in tries]
        found = mark(standings, rule, own.get((student, slug)))
        counted = next(i for i, row in enumerate(tries) if row.number == found.attempt)
        exercises.append(_exercise(tries[counted], standings[counted], found))
        marks[slug] = found
        facts += [repr(found), repr(rule), *map(repr, standings), *(repr(tuple(row)[:-1]) for row in tries)]
    lessons = dict.fromkeys(row.lesson for row in used)
    told = [longer[student, name].remark() for name in lessons if (student, name) in longer]
    facts += told
    return Record(
        student=student,
        name=latest.name,
        ident=latest.ident,
        system=latest.system,
        result=_result(latest, rows, exercises, told),
        marks=marks,
        stamp=hashlib.sha256("\n".join(facts).encode()).hexdigest(),
    )


def _rule(policy: Policy, lesson: str, longer: Extension | None) -> Rule:
    rule = policy.lesson(lesson)
    if not longer:
        return rule
    return msgspec.structs.replace(rule, deadline=datetime.fromisoformat(longer.until), extended=True)


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        attempt=row.number,
        rank=row.rank,
        status=row.status,
        points=row.points,
        open_points=row.open_points,
        max_points=row.max_points,
        submitted=row.submitted,
        late=row.late,
    )


def _exercise(row: Row[Any], standing: Standing, found: Mark) -> ExerciseResult:
    # The lesson's folder may have got another number since.
    stored = msgspec.structs.replace(unpack(row.result), lesson=row.lesson)
    exercise = _worth(stored, standing)
    remarks = found.remarks()
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
    latest: Row[Any], rows: Sequence[Row[Any]], exercises: list[ExerciseResult], told: list[str]
) -> Result:
    suites = sorted({(row.slug, row.suite) for row in rows})
    return Result(
        student=latest.student,
        digest=latest.digest,
        suite=hashlib.sha256(repr(suites).encode()).hexdigest(),
        sandbox=latest.sandbox,
        points=round(sum(e.points for e in exercises), 4),
        open_points=round(sum(e.open_points for e in exercises), 4),
        max_points=sum(e.max_points for e in exercises),
        started=max(str(row.graded) for row in rows)[:19] + "+00:00",
        duration_s=round(sum(c.duration_s for e in exercises for c in e.checks), 4),
        notes=msgspec.json.decode(latest.notes, type=list[str]) + told,
        exercises=exercises,
    )
