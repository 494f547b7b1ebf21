"""Write to the gradebook, one transaction a change, and tell which results are settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select

from grader.course.renumbered import renumbered
from grader.gradebook.damage import text, texts_alone
from grader.gradebook.packed import Packed
from grader.gradebook.people import doubtful, everybody, owners
from grader.gradebook.schema import (
    adjustments,
    attempts,
    audit,
    extensions,
    gradings,
    pages,
)
from grader.gradebook.settings import Settings
from grader.gradebook.write import (
    Change,
    add_search_credit,
    attempt,
    keep,
    keep_repair,
    note,
    put_source,
    rename_lesson,
    search_credit,
    unpack,
)
from grader.results import BROKEN_OFF, JUDGED, Repair, Result
from grader.submissions import SubmissionInfo


class Event(NamedTuple):
    """One line of the audit trail."""

    moment: str
    """ISO 8601, UTC."""
    event: str
    student: str
    subject: str
    """The exercise, lesson or other thing that changed."""
    before: str
    after: str
    reason: str


class Gradebook(Settings):
    """Attempts and their results, the instructor's actions, and the audit trail."""

    def settled(self, suites: Mapping[str, str], sandbox: str) -> dict[tuple[str, str], frozenset[str]]:
        """Return by student and digest the exercises with fresh results: of these `suites` and `sandbox`."""
        query = (
            select(attempts.c.student, attempts.c.digest, gradings.c.slug, gradings.c.suite)
            .join_from(attempts, gradings)
            .where(gradings.c.sandbox == sandbox, gradings.c.status != "undecided")
        )
        found: dict[tuple[str, str], set[str]] = {}
        with self.transaction(reading=True) as link:
            for student, digest, slug, suite in link.execute(query):
                if suites.get(slug) == suite:
                    found.setdefault((student, digest), set()).add(slug)
        shared: dict[frozenset[str], frozenset[str]] = {}  # most students have the same set: keep it once
        frozen = ((key, frozenset(slugs)) for key, slugs in found.items())
        return {key: shared.setdefault(slugs, slugs) for key, slugs in frozen}

    def present(self, infos: Iterable[SubmissionInfo]) -> None:
        """Enter each submission as its student's latest, in one transaction for all."""
        with self.transaction() as link:
            for info in infos:
                attempt(link, info)

    def record(
        self,
        info: SubmissionInfo,
        result: Result,
        suites: Mapping[str, str],
        source: Packed | None = None,
    ) -> list[Change]:
        """Store the results of a submission with its source, and return what has changed."""
        with self.transaction() as link:
            if source:
                put_source(link, source)
            return _kept(link, attempt(link, info), result, suites)

    def regraded(self, attempt: int, result: Result, suites: Mapping[str, str]) -> list[Change]:
        """Store new results of an earlier attempt, and return what has changed."""
        with self.transaction() as link:
            row = link.execute(select(attempts).where(attempts.c.id == attempt)).one()
            return _kept(link, row, result, suites)

    def unsearched(self, infos: Iterable[SubmissionInfo], suites: Mapping[str, str]) -> dict[str, list[str]]:
        """Return by student the failing exercises without a likely cause for which no repair was sought."""
        handed = {(info.student, info.digest) for info in infos}
        query = (
            select(
                attempts.c.student, attempts.c.digest, gradings.c.slug, gradings.c.suite, gradings.c.result
            )
            .join_from(attempts, gradings)
            .where(gradings.c.status.in_((*BROKEN_OFF, *JUDGED)))
            .order_by(attempts.c.id, gradings.c.slug)
        )
        found: dict[str, list[str]] = {}
        with self.transaction(reading=True) as link:
            for row in link.execute(query):
                if (row.student, row.digest) in handed and suites.get(row.slug) == row.suite:
                    exercise = unpack(row.result)
                    if exercise.is_unexplained and not exercise.is_searched:
                        found.setdefault(row.student, []).append(row.slug)
        return found

    def searched(
        self, slug: str, repairs: Iterable[tuple[SubmissionInfo, Repair | None]], *, price: int = 0
    ) -> None:
        """Store the repair of an exercise in each of these submissions, or that none was found.

        Args:
            price: what the search takes from `search_credit`.
        """
        with self.transaction() as link:
            for info, repair in repairs:
                keep_repair(link, info, slug, repair)
            if price:
                add_search_credit(link, -price)

    def search_credit(self, *, least: int = 0) -> int:
        """Return the number of graded exercises that searches have not used up; raise it to `least` first.

        It is kept, so that a run that was stopped while searching is continued by the next one.
        """
        with self.transaction() as link:
            credit = search_credit(link)
            if credit < least:
                add_search_credit(link, least - credit)
            return max(credit, least)

    def adjust(self, student: str, slug: str, points: float | None, *, reason: str) -> None:
        """Set the points of an exercise; None removes an earlier adjustment."""
        with self.transaction() as link:
            where = adjustments.c.student.in_(_names(link, student)) & (adjustments.c.slug == slug)
            before = link.scalar(select(adjustments.c.points).where(where))
            link.execute(delete(adjustments).where(where))
            if points is not None:
                row = {"student": student, "slug": slug, "points": points, "reason": reason}
                link.execute(insert(adjustments).values(row))
            note(link, "adjusted", student, slug, _points(before), _points(points), reason)

    def extend(self, student: str, lesson: str, until: datetime | None, *, reason: str) -> None:
        """Set a student's own deadline in one lesson; None removes it."""
        after = until.isoformat() if until else ""
        with self.transaction() as link:
            where = extensions.c.student.in_(_names(link, student)) & (extensions.c.lesson == lesson)
            before = link.scalar(select(extensions.c.until).where(where)) or ""
            link.execute(delete(extensions).where(where))
            if until:
                row = {"student": student, "lesson": lesson, "until": after, "reason": reason}
                link.execute(insert(extensions).values(row))
            note(link, "extended", student, lesson, before, after, reason)

    def renumber(self, lessons: Collection[str]) -> dict[str, str]:
        """Rename the stored lessons that have got another number in the course; return old and new names."""
        with self.transaction() as link:
            stored = select(gradings.c.lesson).union(select(extensions.c.lesson))
            found = renumbered(map(text, link.scalars(stored)), lessons)
            for old, new in found.items():
                rename_lesson(link, old, new)
                note(link, "renumbered", "", new, old, new, "the lesson's folder has another number")
        return found

    def stamps(self) -> dict[str, str]:
        """Return by student the stamp of the record from which their page was made."""
        with self.transaction(reading=True) as link:
            return {row.student: row.stamp for row in link.execute(select(pages))}

    def stamp(self, made: Mapping[str, str]) -> None:
        """Store the stamps of these students' pages, which have been written."""
        if not made:
            return
        with self.transaction() as link:
            link.execute(delete(pages).where(pages.c.student.in_(made)))
            link.execute(insert(pages), [{"student": name, "stamp": stamp} for name, stamp in made.items()])

    def doubtful(self) -> list[list[str]]:
        """Return groups of students who may be one person, which only a roster can tell."""
        with self.transaction(reading=True) as link:
            return doubtful(link)

    def history(self, *, student: str = "", event: str = "") -> list[Event]:
        """Return the audit trail, oldest first."""
        query = select(audit).order_by(audit.c.id)
        query = query.where(audit.c.event == event) if event else query
        with self.transaction(reading=True) as link:
            query = query.where(audit.c.student.in_(_names(link, student))) if student else query
            rows = texts_alone(link.execute(query))
        return [Event(*(str(getattr(row, name)) for name in Event._fields)) for row in rows]


def _kept(link: Connection, row: Row[Any], result: Result, suites: Mapping[str, str]) -> list[Change]:
    changes = keep(link, row, result, suites)
    add_search_credit(link, len(result.exercises))
    for change in changes:
        note(link, "regraded", change.student, change.slug, change.before, change.after, change.reason)
    return changes


def _names(link: Connection, student: str) -> list[str]:
    """Return all names of the person who handed in under this one."""
    found = owners(everybody(link), [student])
    return found[0].students if found else [student]


def _points(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"
