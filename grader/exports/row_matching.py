"""Match the rows or files of another tool with students; a row without a certain match is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.gradebook import Record
from grader.submissions.lms_names import number
from grader.submissions.people import Clues, id_key, id_keys, match, name_keys, suggested
from grader.text.numbers import plural


@dataclass(frozen=True, slots=True)
class Known:
    """The part of a record that a row of a table needs."""

    student: str
    name: str
    listed: str
    """The roster's id; empty if there is only the download's."""
    handed: tuple[tuple[str, str], ...]
    """The names under which the student handed in, each with the system of the download."""
    points: float
    open_points: float = 0.0

    def numbers(self, system: str) -> list[str]:
        """Return the student's numbers in downloads of `system`; Moodle has one for each assignment."""
        found = (number(name, system=own) for name, own in self.handed if own == system)
        return list(dict.fromkeys(text for text in found if text))

    def clues(self, system: str) -> Clues:
        """Return what the gradebook says about the student, with the numbers of one system."""
        free = [name for name, own in self.handed if own in ("", "github")]
        is_joined = self.handed[-1][1] == "canvas"  # the name is that of the latest download
        return Clues(
            numbers=frozenset((system, id_key(text)) for text in self.numbers(system)),
            ids=id_keys(self.listed),
            texts=id_keys(*free),
            names=name_keys(self.name, *free, joined=is_joined),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """The student that a row or file of another tool names; unknown fields are empty."""

    number: str
    """The tool's own number, as in its downloads."""
    ids: Sequence[str]
    """The institution's ids."""
    name: str

    def clues(self, system: str) -> Clues:
        """Return what the row says about a student."""
        numbers = frozenset({(system, id_key(self.number))} if self.number.strip() else ())
        return Clues(numbers, ids=id_keys(*self.ids), names=name_keys(self.name))


def known(records: Iterable[Record]) -> tuple[list[Known], float]:
    """Return all students without their results, and the maximum of all exercises of the class."""
    class_: list[Known] = []
    worth: dict[str, float] = {}
    for record in records:
        result = record.result
        who = (record.student, record.name, record.listed, record.handed)
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


def without_ids(rows: Iterable[Known], *, tool: str) -> list[str]:
    """Return a sentence if some of these students have no id by which a tool could find them."""
    names = [one.student for one in rows]
    if not names:
        return []
    verb = "has" if len(names) == 1 else "have"
    return [
        f"{plural(len(names), 'row')} {verb} no id by which {tool} finds a student: {suggested(names)}. "
        "Give --template, or grade with --roster."
    ]


class Finder:
    """Finds the students of a table's rows, or of files; each at most once."""

    def __init__(self, class_: Sequence[Known], *, system: str) -> None:
        self._class, self._system = class_, system
        self.missed = {one.student: one for one in class_}
        """The students without a row so far."""

    def find(self, rows: Sequence[Asked]) -> list[Known | None]:
        """Return the student of each row, or None if it has no certain match."""
        pairs = match(
            [row.clues(self._system) for row in rows], [one.clues(self._system) for one in self._class]
        ).pairs
        for place in pairs.values():
            del self.missed[self._class[place].student]
        return [self._class[pairs[at]] if at in pairs else None for at in range(len(rows))]

    def left_out(self, where: str) -> list[str]:
        """Return a sentence for each student without a row."""
        return [f"{student} is not in {where}, or cannot be told for certain." for student in self.missed]
