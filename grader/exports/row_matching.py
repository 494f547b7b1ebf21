"""Whose row or file it is: by number, by id, else by a name that only one has; nobody is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from grader.gradebook import Record
from grader.submissions.lms_names import number
from grader.text.numbers import plural

_NO_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """Of a record what a row of a table needs."""

    student: str
    name: str
    ident: str
    system: str
    points: float
    open_points: float = 0.0

    def number(self, system: str) -> str:
        """Return what Moodle's or Canvas's download calls this student; empty if it came from elsewhere."""
        return number(self.student, system=system) if self.system == system else ""

    @property
    def listed(self) -> str:
        """The class list's id; empty where there is none but the download's."""
        return "" if self.ident == self.number(self.system) else self.ident


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a row or file of another tool is about; what it does not tell is empty."""

    number: str
    """The tool's own, as its downloads have it."""
    ids: Sequence[str]
    """Those of the institution; every row of a table has as many."""
    name: str


def known(records: Iterable[Record]) -> tuple[list[Known], float]:
    """Return everybody, without what they have handed in, and what all exercises of the class are worth."""
    class_: list[Known] = []
    worth: dict[str, float] = {}
    for record in records:
        result = record.result
        who = (record.student, record.name, record.ident, record.system)
        class_.append(Known(*who, result.points, result.open_points))
        for exercise in record.result.exercises:
            worth[exercise.slug] = max(exercise.max_points, worth.get(exercise.slug, 0.0))
    return class_, sum(worth.values())


def undecided(class_: Iterable[Known]) -> list[str]:
    """Return a sentence for each student whose cell is left as it is: some of their points are open."""
    return [
        f"{one.student} has {plural(one.open_points, 'open point')}, so that cell is left as it is."
        for one in class_
        if one.open_points
    ]


def same(name: str) -> str:
    """Return what is left of a name where a tool drops blanks, commas and capitals."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


class Finder:
    """Finds the students of a table's rows, or of files; each at most once."""

    def __init__(self, records: Sequence[Known], *, system: str) -> None:
        self._records, self._system = records, system
        self._numbers_agree = False
        self.missed = {record.student: record for record in records}
        """Those that no row was found for so far."""

    def find(self, rows: Sequence[Asked]) -> list[Known | None]:
        """Return whom each row is about: by number, else by an id, else by name; of all rows it alone has it.

        All rows by number come first: a row that has but the name must not take what is another's.
        """
        found: dict[int, Known] = {}
        self._pair(rows, found, [row.number for row in rows], self._number)
        # Another assignment of Moodle has other numbers; where some agree, another number is another student.
        self._numbers_agree = bool(found)
        for column in zip(*(row.ids for row in rows), strict=True):
            self._pair(rows, found, column, lambda one: {one.listed, one.student})
        names = [same(row.name) for row in rows]
        self._pair(rows, found, names, lambda one: {same(one.name), same(one.student)})
        return [found.get(place) for place in range(len(rows))]

    def _number(self, one: Known) -> set[str]:
        return {one.number(self._system)}

    def _pair(
        self,
        rows: Sequence[Asked],
        found: dict[int, Known],
        texts: Sequence[str],
        keys: Callable[[Known], set[str]],
    ) -> None:
        """Find those whom one row and one student alone share a text; it was given for each row."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            places[text.strip()].append(place)
        people: dict[str, list[Known]] = defaultdict(list)
        for one in self._records:
            for text in keys(one):
                people[text.strip()].append(one)
        for text in places.keys() & people.keys() - {""}:
            if len(places[text]) == len(people[text]) == 1:
                (place,), (one,) = places[text], people[text]
                if place not in found and one.student in self.missed and self._fits(rows[place], one):
                    found[place] = self.missed.pop(one.student)

    def _fits(self, row: Asked, one: Known) -> bool:
        """Return whether no number says that the row is about somebody else."""
        return (
            not self._numbers_agree
            or "" in (row.number, ours := one.number(self._system))
            or ours == row.number
        )

    def left_out(self, where: str) -> list[str]:
        """Return a sentence for each student that was not found."""
        return [f"{student} is not in {where}, or cannot be told for certain." for student in self.missed]
