"""Whose row or file it is: by id, else by a name that only one has; nobody is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from grader.gradebook import Record

_NO_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """Of a record what a row of a table needs."""

    student: str
    name: str
    ident: str
    system: str
    points: float
    max_points: float


def known(records: Iterable[Record]) -> list[Known]:
    """Return everybody, without what they have handed in."""
    return [
        Known(r.student, r.name, r.ident, r.system, r.result.points, r.result.max_points) for r in records
    ]


def same(name: str) -> str:
    """Return what is left of a name where a tool drops blanks, commas and capitals."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


class Finder:
    """Finds the student of a row; each at most once."""

    def __init__(self, records: Sequence[Known]) -> None:
        self._ids: dict[str, list[Known]] = defaultdict(list)
        self._names: dict[str, list[Known]] = defaultdict(list)
        self.missed = {record.student: record for record in records}
        """Those that no row was found for so far."""
        for record in records:
            for text in {record.ident, record.student}:
                self._ids[text.strip()].append(record)
            for text in {same(record.name), same(record.student)}:
                self._names[text].append(record)

    def find(self, ids: Iterable[str], names: Iterable[str]) -> Known | None:
        """Return the only student with one of the ids, in their order, else with one of the names."""
        for text in ids:
            found = self._one(self._ids.get(text.strip(), []) if text.strip() else [])
            if found:
                return found
        for name in names:
            found = self._one(self._names.get(same(name), []) if same(name) else [])
            if found:
                return found
        return None

    def _one(self, found: list[Known]) -> Known | None:
        if len(found) != 1 or found[0].student not in self.missed:
            return None
        return self.missed.pop(found[0].student)

    def left_out(self, where: str) -> list[str]:
        """Return a sentence for each student that was not found."""
        return [f"{student} is not in {where}, or cannot be told for certain." for student in self.missed]
