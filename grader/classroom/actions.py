"""The instructor's actions on a graded class: look up, adjust, extend, rewrite pages, export."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from grader.classroom.grade_class import carried_over, exclusive
from grader.classroom.publish import publish
from grader.course.course import Course
from grader.course.index import is_called
from grader.course.policy import Lesson, Policy
from grader.course.renumbered import renumbered
from grader.errors import UsageError
from grader.exports.formats import export
from grader.exports.request import Request
from grader.gradebook import Event, Gradebook, Moved, Record, address, lessons, records, students
from grader.results import Result
from grader.submissions.people import meant, unclear
from grader.text.files import whole
from grader.text.numbers import plural
from grader.text.times import moment
from grader.text.wording import lesson_name, listed

CONSOLE: Final = Path("-")
"""Means standard output."""
AUTO = "auto"
"""Means the value without an adjustment or extension."""


def open_book(out: Path, gradebook: str = "") -> Gradebook:
    """Return the gradebook of a graded class; raises `UsageError` if there is none."""
    if not gradebook and not (out / "gradebook.db").is_file():
        raise UsageError(f"{out} is no graded class: it has no gradebook.db.")
    return Gradebook(address(out, gradebook), exists=True)


def record_of(book: Gradebook, student: str, *, mistyped: bool = False) -> Record:
    """Return the record of the student whom a name, an id or the beginning of a name means.

    Raises `UsageError` with similar names if there is none or several.

    Args:
        mistyped: whether to take the only similar name; nothing is changed by a name that is only similar.
    """
    people = students(book)
    found = meant(student, [one.named for one in people])
    if len(found.students) != 1 or not (found.is_typed_right or mistyped):
        nobody = f"There is no student called {student} in this class"
        raise UsageError(unclear(student, found, nobody))
    record = next(records(book, students=found.students), None)
    if record is None:
        raise UsageError(f"Nothing of {found.students[0]} is graded.")
    return record


def looked_up(out: Path, student: str, *, gradebook: str = "") -> tuple[Result, list[Event]]:
    """Return the result and the audit trail of the student whom a name, even a mistyped one, means."""
    with open_book(out, gradebook) as book:
        result = record_of(book, student, mistyped=True).result
        return result, book.history(student=result.student)


def reported(
    out: Path, course: Course | None, *, jobs: int = 0, gradebook: str = "", moved: Moved
) -> tuple[int, list[str]]:
    """Rewrite everything in `out`; return the number of students, and sentences on what has changed.

    Raises `UsageError` for a course with none of the class's lessons, as its policy is meant for another
    class.
    """
    with open_book(out, gradebook) as book, exclusive(out):
        told = _put_policy(book, course) if course else []
        return len(publish(book, out, jobs=jobs, everything=True, moved=moved).rows), told


def _put_policy(book: Gradebook, course: Course) -> list[str]:
    """Store the policy and the lessons' names of a course; return a sentence on each change."""
    ours, theirs = lessons(book), course.lessons
    if ours and theirs.isdisjoint([*ours, *renumbered(ours, theirs).values()]):
        raise UsageError(
            f"The course in {course.root} has no lesson of this class ({listed(ours, 'lesson')}); "
            "name the right one by --course."
        )
    told = carried_over(book, course)
    before, after = book.policy(), course.policy
    book.set_policy(after)
    changed = [key for key in after.__struct_fields__ if getattr(before, key) != getattr(after, key)]
    if changed:
        told.append(f"course.toml has changed since the last run: {', '.join(changed)}.")
    return told


def adjusted(
    out: Path, student: str, slug: str, points: str, *, reason: str, gradebook: str = "", moved: Moved
) -> Result:
    """Set the points of an exercise, rewrite the pages that change, and return the student's result."""
    with open_book(out, gradebook) as book, exclusive(out):
        result = record_of(book, student).result
        student, most = result.student, {e.slug: e.max_points for e in result.exercises}
        if slug not in most:
            raise UsageError(f"{student} has no exercise called {slug}; there is {', '.join(most)}.")
        book.adjust(student, slug, _amount(points, slug, most[slug]), reason=_stated(reason))
        publish(book, out, moved=moved)
        return record_of(book, student).result


def _amount(text: str, slug: str, most: float) -> float | None:
    if text == AUTO:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise UsageError(f"POINTS is {text!r}; expected a number that is not negative, or {AUTO}.")
    if value > round(most, 4):
        raise UsageError(f"POINTS is {text}; {slug} has {plural(most, 'point')} at most.")
    return value


def extended(
    out: Path, student: str, lesson: str, until: str, *, reason: str, gradebook: str = "", moved: Moved
) -> Result:
    """Set a student's own deadline, rewrite the pages that change, and return the student's result."""
    end = None if until == AUTO else moment(until, what="UNTIL")
    with open_book(out, gradebook) as book, exclusive(out):
        result = record_of(book, student).result
        student, mine = result.student, sorted({exercise.lesson for exercise in result.exercises})
        book.extend(student, _one_of(mine, lesson), end, reason=_stated(reason))
        publish(book, out, moved=moved)
        return record_of(book, student).result


def _one_of(lessons: list[str], name: str) -> str:
    """Return the lesson called `name`, or the only one whose name begins with it."""
    found = [name] if name in lessons else [one for one in lessons if is_called(one, name)]
    if len(found) != 1:
        several = f"{name} begins {listed(found, 'lesson')}; say which one."
        none = f"There is no lesson called {name}; there is {', '.join(lessons)}."
        raise UsageError(several if found else none)
    return found[0]


def exported(
    out: Path,
    format_: str,
    to: Path,
    *,
    student: str = "",
    lesson: str = "",
    column: str = "",
    template: Path | None = None,
    download: Path | None = None,
    gradebook: str = "",
    moved: Moved,
) -> list[str]:
    """Write a class, one student or one lesson in another tool's format, completely or not at all.

    Returns a sentence for each student who is left out. `column` is the tool's name of the assignment, by
    default the lesson's title if it is one lesson; `to` may be `CONSOLE`.
    """
    target = nullcontext(sys.stdout.buffer) if to == CONSOLE else whole(to)
    with open_book(out, gradebook) as book, target as stream:
        if student:
            student = record_of(book, student).student
        policy = book.policy()
        chosen = _Chosen(book, student, lesson, moved)
        named = column or _title_of_one(policy, [one for one in lessons(book) if is_called(one, lesson)])
        request = Request(chosen, policy.title or "Exercises", named, template, download)
        left_out = export(format_, request, stream)
        return [
            *(f"{name} has no exercise of a lesson called {lesson}." for name in chosen.lacking),
            *left_out,
        ]


def _title_of_one(policy: Policy, lessons: list[str]) -> str:
    """Return the title of a single lesson; empty if there are several."""
    used = [name for name in lessons if policy.uses(name)]
    if len(used) != 1:
        return ""
    return policy.lessons.get(used[0], Lesson()).title or lesson_name(used[0])


@dataclass(frozen=True)
class _Chosen:
    """The records to export; students who lack the lesson are collected in `lacking`."""

    book: Gradebook
    student: str
    lesson: str
    moved: Moved
    lacking: dict[str, None] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Record]:
        anybody = False
        for record in records(self.book, students=[self.student] if self.student else (), moved=self.moved):
            found = of_lesson(record, self.lesson) if self.lesson else record
            if found:
                anybody = True
                yield found
            else:
                self.lacking[record.student] = None
        if self.lesson and not anybody:
            who = f"{self.student} has no" if self.student else "Nobody has an"
            raise UsageError(f"{who} exercise of a lesson called {self.lesson}.")


def of_lesson(record: Record, lesson: str) -> Record | None:
    """Return a record with the exercises of one lesson only, or None if it has none of them."""
    exercises = [e for e in record.result.exercises if is_called(e.lesson, lesson)]
    if not exercises:
        return None
    result = replace(
        record.result,
        exercises=exercises,
        points=round(sum(e.points for e in exercises), 4),
        max_points=sum(e.max_points for e in exercises),
    )
    marks = {e.slug: record.marks[e.slug] for e in exercises}
    return replace(record, result=result, marks=marks)


def _stated(reason: str) -> str:
    if not reason.strip():
        raise UsageError("--reason is empty; expected a sentence.")
    return reason.strip()
