"""One person for all the names under which a student handed in, by the id that a roster gave.

Attempts keep the names of their downloads, and are joined when they are read: a roster that is corrected
later joins or separates them again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from grader.gradebook.damage import text
from grader.gradebook.schema import attempts, gradings
from grader.submissions.lms_names import number
from grader.submissions.people import Named, letters
from grader.text.wording import natural

_BATCH: Final = 50
"""Number of students in memory at a time, with all their attempts."""


@dataclass(frozen=True, slots=True)
class Person:
    """A student of the gradebook."""

    student: str
    """The name under which the person handed in first."""
    name: str
    ident: str
    """The roster's id, else the number of Canvas; Moodle's number is none, as it differs by assignment."""
    handed: tuple[tuple[str, str], ...]
    """The names under which the person handed in, the first one first, each with the download's system."""

    @property
    def students(self) -> list[str]:
        """All names under which the person handed in."""
        return [student for student, _ in self.handed]

    @property
    def listed(self) -> str:
        """The roster's id; empty if there is only a download's own number."""
        return "" if self.ident in _numbers(self.handed) else self.ident

    @property
    def named(self) -> Named:
        """The person by all that an instructor may type."""
        return Named(self.student, self.name, self.ident, tuple(self.students[1:]))


def _numbers(handed: Iterable[tuple[str, str]]) -> list[str]:
    """Return the numbers that downloads gave a person."""
    return [found for student, system in handed if (found := number(student, system=system))]


def everybody(link: Connection) -> dict[str, Person]:
    """Return all people by their first name in the gradebook, `student-2` before `student-10`."""
    query = select(
        attempts.c.student, attempts.c.name, attempts.c.ident, attempts.c.system, attempts.c.rank
    ).order_by(attempts.c.id)
    latest: dict[str, Any] = {}  # in the order of the first attempts
    for row in link.execute(query):
        before = latest.get(text(row.student))
        if before is None or row.rank >= before.rank:
            latest[row.student] = row
    joined: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in latest.values():
        is_listed = row.ident and row.ident not in _numbers([(row.student, row.system)])
        joined["id" if is_listed else "student", row.ident if is_listed else row.student].append(row)
    people = map(_person, joined.values())
    return {one.student: one for one in sorted(people, key=lambda one: natural(one.student))}


def _person(rows: Sequence[Any]) -> Person:
    latest = rows[-1]
    is_number = latest.system == "moodle" and latest.ident == number(latest.student, system="moodle")
    ident = "" if is_number else latest.ident
    return Person(rows[0].student, latest.name, ident, tuple((row.student, row.system) for row in rows))


def owners(people: Mapping[str, Person], students: Iterable[str]) -> list[Person]:
    """Return the people who handed in under these names; names of nobody are left out."""
    owner = {name: one for one in people.values() for name in one.students}
    return [owner[student] for student in students if student in owner]


def doubtful(link: Connection) -> list[list[str]]:
    """Return groups of students of one name under different numbers of Moodle; some may be one person.

    Two namesakes who handed in the same lesson are two people, and so are two with ids of a roster.
    """
    alike: dict[str, list[Person]] = defaultdict(list)
    for one in everybody(link).values():
        if one.handed[-1][1] == "moodle" and letters(one.name):
            alike[letters(one.name)].append(one)
    groups = [group for group in alike.values() if len(group) > 1]
    if not groups:
        return []
    lessons: dict[str, set[str]] = defaultdict(set)
    query = select(attempts.c.student, gradings.c.lesson).join_from(attempts, gradings).distinct()
    for row in link.execute(query):
        lessons[row.student].add(row.lesson)
    graded = {
        one: set[str]().union(*(lessons[name] for name in one.students)) for group in groups for one in group
    }
    return [
        [one.student for one in group]
        for group in groups
        if any(
            graded[one].isdisjoint(graded[other]) and not (one.listed and other.listed)
            for one, other in combinations(group, 2)
        )
    ]


def by_person(
    link: Connection, people: Sequence[Person], query: Select[Any]
) -> Iterator[tuple[Person, list[Row[Any]]]]:
    """Yield what a query of attempts finds of each person in turn, under all names.

    They are read in batches: one query for all would make the database sort all rows before the first.
    """
    for start in range(0, len(people), _BATCH):
        batch = people[start : start + _BATCH]
        owner = {name: one.student for one in batch for name in one.students}
        found: dict[str, list[Row[Any]]] = {one.student: [] for one in batch}
        for row in link.execute(query.where(attempts.c.student.in_(owner))):
            found[owner[row.student]].append(row)
        yield from ((one, found[one.student]) for one in batch if found[one.student])


def counted(rows: Sequence[Row[Any]]) -> dict[int, tuple[int, int]]:
    """Return the number and rank of each attempt of a person, by its id.

    Attempts under several names are counted on: those of a later download come after those of an earlier one.
    """
    mine = {row.id: row for row in rows}
    newest: dict[str, int] = defaultdict(int)
    for row in mine.values():
        newest[row.student] = max(newest[row.student], row.id)
    if len(newest) == 1:
        return {key: (row.number, row.rank) for key, row in mine.items()}
    by_rank = sorted(mine.values(), key=lambda row: (newest[row.student], row.rank))
    rank = {row.id: place for place, row in enumerate(by_rank, 1)}
    return {key: (number, rank[key]) for number, key in enumerate(sorted(mine), 1)}
