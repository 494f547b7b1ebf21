"""A roster assigns ids to submissions; submissions without a certain match are listed, not guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.submissions.file_names import student
from grader.submissions.people import Clues, id_key, id_keys, match, name_keys
from grader.submissions.submission import SubmissionInfo
from grader.text.tables import every_row
from grader.text.times import moment

SYSTEMS: Final = ("moodle", "canvas", "github")
"""The systems whose own numbers or names a column of the roster may hold."""


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
    has_canvas = any(row.cells.get("canvas") for row in rows)
    asked = [_of_submission(one, has_canvas) for one in every]
    found = match(asked, [_of_row(row) for row in rows], are_distinct=True)
    certain = {every[at].student: rows[place] for at, place in found.pairs.items()}
    unmatched = [(one.student, found.candidates[at]) for at, one in enumerate(every) if at not in found.pairs]
    claimed = {place for places in found.candidates for place in places}
    return Roll(
        tuple(_with_row(one, certain.get(one.student)) for one in every),
        unknown=tuple(who for who, places in unmatched if len(places) != 1),
        duplicate=tuple(who for who, places in unmatched if len(places) == 1),
        missing=tuple(
            f"{student(row.name)} ({student(row.id)})" for at, row in enumerate(rows) if at not in claimed
        ),
    )


def _of_row(row: Row) -> Clues:
    cells = row.cells
    return Clues(
        numbers=frozenset((system, id_key(cells[system])) for system in SYSTEMS if cells.get(system)),
        ids=id_keys(*(cells.get(column, "") for column in ("id", "login", "email"))),
        names=name_keys(row.name),
    )


def _of_submission(one: SubmissionInfo, has_canvas: bool) -> Clues:
    """Return what a download says about a student.

    Args:
        has_canvas: whether the roster has Canvas's numbers; if not, its ids may be these numbers.
    """
    if not one.system:
        return Clues(texts=id_keys(one.name), names=name_keys(one.name))
    number = frozenset({(one.system, id_key(one.id or one.name))})
    if one.system == "github":
        return Clues(number, ids=id_keys(one.name))
    if one.system == "canvas":
        texts = frozenset() if has_canvas else id_keys(one.id)
        return Clues(number, texts=texts, names=name_keys(one.name, joined=True))
    return Clues(number, names=name_keys(one.name))


def _with_row(one: SubmissionInfo, row: Row | None) -> SubmissionInfo:
    if row is None:
        return replace(one, id="", is_called=True)
    return replace(one, id=row.id, is_called=True, submitted=row.submitted or one.submitted)
