"""What in a class needs a person, counted one student after the other."""

from __future__ import annotations

from collections import Counter
from typing import Final

import msgspec

from grader.report.exercise_summary import is_unexplained
from grader.results import Result

UNDECIDED: Final = "The grader itself failed"


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """Something that needs a person, and the students whom it is about."""

    title: str
    advice: str
    students: list[str]
    exercises: list[tuple[str, int]] = []
    """The exercises that it is about, each with the number of students, the most first."""


class NeedsCounter:
    """Collects the names of students, and nothing else of them."""

    def __init__(self) -> None:
        self._undecided: list[str] = []
        self._unreadable: list[str] = []
        self._zero: list[str] = []
        self._unexplained: list[str] = []
        self._slugs: Counter[str] = Counter()
        self._unlisted: list[str] = []
        self._has_roster = False

    def add(self, result: Result, *, is_listed: bool) -> None:
        """Count one student; `is_listed` tells whether a roster gave an id."""
        student = result.student
        if result.is_undecided:
            self._undecided.append(student)
        if any(e.status == "unreadable" for e in result.exercises):
            self._unreadable.append(student)
        elif not result.points and not result.open_points and result.max_points:
            self._zero.append(student)
        slugs = [e.slug for e in result.exercises if is_unexplained(e)]
        if slugs:
            self._unexplained.append(student)
            self._slugs.update(slugs)
        self._has_roster |= is_listed
        if not is_listed:
            self._unlisted.append(student)

    def needs(self) -> list[Need]:
        """Return what needs a person, the most urgent first; nothing that needs nobody."""
        found = [
            Need(
                title=UNDECIDED,
                advice="Some points are open: neither earned nor lost. Grade the class again.",
                students=self._undecided,
            ),
            Need(
                title="A file cannot be read",
                advice="Nobody knows what it holds: ask for another one.",
                students=self._unreadable,
            ),
            Need(
                title="No points",
                advice="Nothing passes, or nothing was found.",
                students=self._zero,
            ),
            Need(
                title="Not in the roster",
                advice="Complete the roster, or correct a name, and grade again.",
                students=self._unlisted if self._has_roster else [],
            ),
            Need(
                title="A wrong answer with no known cause",
                advice="No known mistake and no small change explains it: read the code.",
                students=self._unexplained,
                exercises=self._slugs.most_common(),
            ),
        ]
        return [need for need in found if need.students]
