"""A roster assigns ids to submissions; submissions without a certain match are listed, not guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.submissions.file_names import same, student
from grader.submissions.submission import SubmissionInfo
from grader.text.tables import every_row
from grader.text.times import moment

_INSTEAD: Final = {"moodle": "name", "canvas": "id", "github": "login"}
"""The column to match if the column named after the submission's system does not match."""
_PLAIN: Final = ("name", "id", "login", "email")
"""The columns to match for a submission that comes from none of these systems."""


@dataclass(frozen=True)
class Row:
    """One student of the roster; `cells` has every column, `name` and `id` included."""

    name: str
    id: str
    cells: dict[str, str]
    submitted: str = ""
    """When this student handed in, as ISO 8601 with a time zone; empty if the roster does not say."""


@dataclass(frozen=True)
class Roll:
    """A class compared with its roster."""

    infos: tuple[SubmissionInfo, ...]
    """All submissions; those with a certain match have the roster's id, and its time if it gives one."""
    unknown: tuple[str, ...]
    """Submissions that match no row or several rows."""
    duplicate: tuple[str, ...]
    """Submissions that match the same row; none of them gets its id."""
    missing: tuple[str, ...]
    """Rows without a submission, as `name (id)`."""


def read_roster(path: Path) -> tuple[Row, ...]:
    """Return the rows of a CSV with the columns name, id and, optionally, submitted.

    Raises `UsageError` with the fault.
    """
    lines = every_row(path)
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if not {"name", "id"} <= set(header):
        raise UsageError(f"{path} has no columns called name and id; expected a first line such as name,id.")
    rows = [
        _row(header, line, what=f"{path}, row {number}: submitted")
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]
    _refuse_repeated(path, rows)
    return tuple(rows)


def _row(header: Sequence[str], line: Sequence[str], *, what: str) -> Row:
    cells = {column: cell.strip() for column, cell in zip(header, line, strict=False)}
    stated = cells.get("submitted", "")
    submitted = moment(stated, what=what).isoformat() if stated else ""
    return Row(cells.get("name", ""), cells.get("id", ""), cells, submitted)


def _refuse_repeated(path: Path, rows: Sequence[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if not row.id:
            raise UsageError(f"{path} gives no id to {student(row.name)}.")
        if row.id in seen:
            raise UsageError(f"{path} gives the id {student(row.id)} twice.")
        seen.add(row.id)


def call_roll(infos: Iterable[SubmissionInfo], rows: Sequence[Row]) -> Roll:
    """Match submissions with the roster, and list those without a match, duplicates and missing students."""
    every = tuple(infos)
    index = _index(rows)
    # Moodle numbers students anew in each assignment. If some numbers agree, the roster is of this
    # assignment, and a different number means a different student.
    agreeing = {one.system for one in every if _stated(one, index)}
    fits = {one.student: _fitting(one, index, strict=one.system in agreeing) for one in every}
    whose: dict[str, list[str]] = defaultdict(list)
    for who, found in fits.items():
        if len(found) == 1:
            whose[found[0].id].append(who)
    certain = {mine[0]: fits[mine[0]][0] for mine in whose.values() if len(mine) == 1}
    claimed = {row.id for found in fits.values() for row in found}
    return Roll(
        tuple(_with_row(one, certain.get(one.student)) for one in every),
        unknown=tuple(who for who, found in fits.items() if len(found) != 1),
        duplicate=tuple(who for mine in whose.values() if len(mine) > 1 for who in mine),
        missing=tuple(f"{student(row.name)} ({student(row.id)})" for row in rows if row.id not in claimed),
    )


def _with_row(one: SubmissionInfo, row: Row | None) -> SubmissionInfo:
    if row is None:
        return replace(one, id="", is_called=True)
    return replace(one, id=row.id, is_called=True, submitted=row.submitted or one.submitted)


Index = dict[tuple[str, str], list[Row]]


def _index(rows: Iterable[Row]) -> Index:
    index: Index = defaultdict(list)
    for row in rows:
        for column, cell in row.cells.items():
            if cell:
                index[column, _normal(cell)].append(row)
    return index


def _normal(text: str) -> str:
    return " ".join(same(student(text)).split())


def _stated(one: SubmissionInfo, index: Index) -> list[Row]:
    """Return the rows with the submission's number or login in the column of its system."""
    return index.get((one.system, _normal(one.id or one.name)), []) if one.system else []


def _fitting(one: SubmissionInfo, index: Index, *, strict: bool) -> list[Row]:
    """Return the rows to which a submission may belong.

    The column of the submission's own system decides if it matches. If `strict`, a row with another number in
    that column belongs to another student.
    """
    if not one.system:
        return _distinct(row for column in _PLAIN for row in index.get((column, _normal(one.name)), ()))
    if stated := _stated(one, index):
        return stated
    column, text = _INSTEAD[one.system], one.name
    if column == "id":
        # If the roster has a column of the system's numbers, its ids are other numbers, equal only by chance.
        if any(own == one.system for own, _ in index):
            return []
        text = one.id
    named = index.get((column, _normal(text)), [])
    found = [row for row in named if not (strict and row.cells.get(one.system))]
    both = [row for row in found if one.id and row.id == one.id]
    return both or found


def _distinct(rows: Iterable[Row]) -> list[Row]:
    return list({row.id: row for row in rows}.values())
