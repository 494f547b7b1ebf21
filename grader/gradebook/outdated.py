"""Find the earlier attempts that may count and have results of another suite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from grader.gradebook.book import Gradebook
from grader.gradebook.people import by_person, counted, everybody, owners
from grader.gradebook.policy_points import IGNORED
from grader.gradebook.schema import attempts, gradings, sources


class Outdated(NamedTuple):
    """An attempt, and the exercises to grade anew."""

    attempt: int
    student: str
    digest: str
    slugs: frozenset[str]


@dataclass(frozen=True)
class Present:
    """How a run grades, and what it has graded."""

    suites: Mapping[str, str]
    """The digest of each exercise."""
    lessons: Mapping[str, str]
    """The lesson of each exercise."""
    level: str
    """Level of the sandbox."""
    done: Mapping[tuple[str, str], frozenset[str]]
    """By student and digest, the exercises that are graded already, undecided ones included."""
    force: bool = False
    """Whether to grade again what has not changed."""

    def is_old(self, row: Row[Any]) -> bool:
        """Return whether an exercise of an attempt must be graded anew."""
        if row.slug in self.done.get((row.student, row.digest), ()):
            return False
        is_fresh = row.suite == self.suites[row.slug] and row.sandbox == self.level
        return self.force or not is_fresh or row.status == "undecided"


@dataclass
class Found:
    """What is to be graded anew, and what cannot be."""

    outdated: list[Outdated] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    """Students of whom an attempt with old results may count, but has no source."""


class _Try(NamedTuple):
    """One exercise in one attempt."""

    attempt: int
    is_old: bool
    is_kept: bool
    """Whether the source of the attempt is kept."""
    is_ignored: bool
    """Whether an earlier attempt counts in its place."""


def outdated(book: Gradebook, now: Present, *, students: Sequence[str] = ()) -> Found:
    """Return what must be graded anew before the points of everybody, or of those named, can be counted.

    The last attempt that has an exercise counts. If it turns out to lack it, the one before it must be
    graded too, which another call returns.
    """
    policy, found = book.policy(), Found()
    shared: dict[frozenset[str], frozenset[str]] = {}  # most attempts have the same set: keep it once
    query = (
        select(
            *(attempts.c.id, attempts.c.student, attempts.c.digest, attempts.c.number, attempts.c.rank),
            *(gradings.c.slug, gradings.c.lesson, gradings.c.suite, gradings.c.sandbox, gradings.c.status),
            sources.c.digest.label("kept"),
        )
        .join_from(attempts, gradings)
        .outerjoin(sources, sources.c.digest == attempts.c.digest)
    )
    with book.transaction(reading=True) as link:
        everyone = everybody(link)
        people = owners(everyone, students) if students else list(everyone.values())
        for one, rows in by_person(link, list(dict.fromkeys(people)), query):
            wanted: dict[int, set[str]] = defaultdict(set)
            is_unkept = False
            for slug, tries in _tries(rows, now):
                is_best = policy.lesson(now.lessons[slug]).attempts == "best"
                for each in tries if is_best else _until_certain(tries):
                    if each.is_old and each.is_kept:
                        wanted[each.attempt].add(slug)
                    is_unkept |= each.is_old and not each.is_kept and not each.is_ignored
            first = {row.id: row for row in rows}
            for key, slugs in wanted.items():
                its = frozenset(slugs)
                row = first[key]
                found.outdated.append(Outdated(key, row.student, row.digest, shared.setdefault(its, its)))
            found.unkept += [one.student] if is_unkept else []
    return found


def _tries(rows: Sequence[Row[Any]], now: Present) -> Iterator[tuple[str, list[_Try]]]:
    """Yield the attempts at each exercise of a person, the last one first.

    An attempt at a lesson counts as one at an exercise that the lesson has got since.
    """
    ranks = counted(rows)
    by_attempt: dict[int, dict[str, Row[Any]]] = defaultdict(dict)
    for row in rows:
        by_attempt[row.id][row.slug] = row
    latest = sorted(by_attempt, key=lambda key: -ranks[key][1])
    lessons = {key: {row.lesson for row in its.values()} for key, its in by_attempt.items()}
    for slug, lesson in now.lessons.items():
        tries = [_try(key, by_attempt[key], slug, now) for key in latest if lesson in lessons[key]]
        yield slug, [each for each in tries if each]


def _try(key: int, its: Mapping[str, Row[Any]], slug: str, now: Present) -> _Try | None:
    row = its.get(slug)
    if row is not None:
        return _Try(key, now.is_old(row), row.kept is not None, row.status in IGNORED)
    is_kept = next(iter(its.values())).kept is not None
    return _Try(key, is_old=True, is_kept=True, is_ignored=True) if is_kept else None


def _until_certain(tries: Sequence[_Try]) -> Iterator[_Try]:
    """Yield the attempts that tell which one is the last that has the exercise."""
    for each in tries:
        yield each
        if (each.is_old and each.is_kept) or not each.is_ignored:
            return
