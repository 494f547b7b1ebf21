"""Match the rows or files of another tool with students, by number, by id, or by a unique name.

A row without a certain match is left alone; nothing is guessed.
"""

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
    """The part of a record that a row of a table needs."""

    student: str
    name: str
    ident: str
    system: str
    points: float
    open_points: float = 0.0

    def number(self, system: str) -> str:
        """Return the student's number in a download of `system`; empty if it came from elsewhere."""
        return number(self.student, system=system) if self.system == system else ""

    @property
    def listed(self) -> str:
        """The roster's id; empty if there is only the download's."""
        return "" if self.ident == self.number(self.system) else self.ident


@dataclass(frozen=True, slots=True)
class Asked:
    """The student that a row or file of another tool names; unknown fields are empty."""

    number: str
    """The tool's own number, as in its downloads."""
    ids: Sequence[str]
    """The institution's ids; all rows of a table have the same number of them."""
    name: str


def known(records: Iterable[Record]) -> tuple[list[Known], float]:
    """Return all students without their results, and the maximum of all exercises of the class."""
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
    """Return a sentence for each student whose cell is not changed because some points are open."""
    return [
        f"{one.student} has {plural(one.open_points, 'open point')}, so that cell is left as it is."
        for one in class_
        if one.open_points
    ]


def same(name: str) -> str:
    """Return a key that is equal for a name with and without blanks, commas and capitals."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


class Finder:
    """Finds the students of a table's rows, or of files; each at most once."""

    def __init__(self, records: Sequence[Known], *, system: str) -> None:
        self._records, self._system = records, system
        self._numbers_agree = False
        self.missed = {record.student: record for record in records}
        """The students without a row so far."""

    def find(self, rows: Sequence[Asked]) -> list[Known | None]:
        """Return the student of each row, or None: by number, else by an id, else by name.

        All rows are matched by number before any by name: otherwise, a row with only a name could take a
        student whose number is in another row.
        """
        found: dict[int, Known] = {}
        self._pair(rows, found, [row.number for row in rows], self._number)
        # Moodle numbers students anew in each assignment. If some numbers agree, the table is of this
        # assignment, and a different number means a different student.
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
        """Pair a row with a student when their text is unique on both sides.

        Args:
            texts: the text of each row.
            keys: returns the texts of a student.
        """
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
        """Return whether no number shows that the row belongs to another student."""
        return (
            not self._numbers_agree
            or "" in (row.number, ours := one.number(self._system))
            or ours == row.number
        )

    def left_out(self, where: str) -> list[str]:
        """Return a sentence for each student without a row."""
        return [f"{student} is not in {where}, or cannot be told for certain." for student in self.missed]
