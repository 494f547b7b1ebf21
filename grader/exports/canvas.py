"""Canvas's gradebook CSV, as its import reads it."""

from __future__ import annotations

from grader.errors import UsageError
from grader.exports.cells import foreign, lines, points, read
from grader.exports.request import Export, Request
from grader.exports.who import Finder
from grader.gradebook import Record

_HEAD = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
_POSSIBLE = "    Points Possible"  # Canvas's own exporter indents it so


def export(request: Request) -> Export:
    """Return one column, the total; the rows are those of Canvas's own export if it is given."""
    if request.template:
        return _filled(request)
    total = max((r.result.max_points for r in request.records), default=0)
    rows = [[*_HEAD, request.title], [_POSSIBLE, "", "", "", "", points(total)]]
    return Export(lines([*rows, *(_row(record) for record in request.records)]).encode())


def _row(record: Record) -> list[str]:
    """Return a student's row; Canvas looks for the ID first, then for the login."""
    ours = record.ident if record.system == "canvas" else ""
    login = "" if ours else record.ident or record.student
    return [record.name or record.student, ours, "", login, "", points(record.result.points)]


def _filled(request: Request) -> Export:
    assert request.template
    head, *rows = read(request.template)
    if "Section" not in head or head[:2] != ["Student", "ID"]:
        raise UsageError(
            f"{request.template} is no gradebook export of Canvas: its columns are not Student, ID … Section."
        )
    information = head.index("Section") + 1
    column = next(
        (i for i, name in enumerate(head) if i >= information and _titled(name, request.title)), None
    )
    total = max((r.result.max_points for r in request.records), default=0)
    finder = Finder(request.records)
    filled = [[*head[:information], head[column] if column else request.title]]
    for row in rows:
        if row[0].strip() == "Points Possible":
            filled.append([_POSSIBLE, *row[1:information], points(total)])
        elif row[0].strip() != "Manual Posting":
            cells = dict(zip(head, row, strict=False))
            ids = [cells.get(name, "") for name in _HEAD[1:4]]
            if record := finder.find(ids, [row[0]]):
                filled.append([*row[:information], points(record.result.points)])
    return Export(lines(filled, safe=foreign).encode(), finder.left_out(request.template.name))


def _titled(name: str, title: str) -> bool:
    """Return whether a column is the assignment: `Title`, or `Title (1234)`."""
    return name == title or name.rpartition(" (")[0] == title
