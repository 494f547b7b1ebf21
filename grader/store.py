"""The folder of a graded class: results, reports, tables; all of it made from the gradebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.exports.cells import lines, points
from grader.markup import file_name
from grader.report import class_page, student_page
from grader.results import Result, to_json


class Store:
    """`OUT`: index.html, reports/, results/, grades.csv."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("results", "reports"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def index(self) -> Path:
        """The class page."""
        return self.folder / "index.html"

    def has(self, student: str) -> bool:
        """Return whether a student's pages are there, of whatever age."""
        return (
            self._path("results", student, ".json").is_file()
            and self._path("reports", student, ".html").is_file()
        )

    def put(self, result: Result, *, title: str) -> None:
        """Write one result and its report."""
        # The result last: where it stands, a resumed run takes the rest for done.
        _write(self._path("reports", result.student, ".html"), student_page(result, title=title).encode())
        _write(self._path("results", result.student, ".json"), to_json(result))

    def put_changes(self, rows: Sequence[Sequence[str]]) -> None:
        """Write who was graded anew and came out otherwise; nothing if nobody was."""
        if rows:
            head = ("when", "student", "exercise", "before", "after", "why")
            _write(self.folder / "changes.csv", lines([head, *rows]).encode())

    def close(self, results: Sequence[Result], *, title: str) -> None:
        """Write what is about the whole class."""
        _write(self.folder / "grades.csv", table(results).encode())
        _write(self.index, class_page(results, title=title).encode())

    def _path(self, kind: str, student: str, suffix: str) -> Path:
        return self.folder / kind / (file_name(student) + suffix)


def _write(path: Path, data: bytes) -> None:
    """Write whole or not at all: a run that is killed leaves no half file."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def table(results: Sequence[Result]) -> str:
    """Return the class as CSV: student, one column an exercise, total, status."""
    slugs = list(dict.fromkeys(e.slug for r in results for e in r.exercises))
    rows = []
    for result in results:
        mine = {e.slug: points(e.points) for e in result.exercises}
        row = [result.student, *(mine.get(s, "") for s in slugs), points(result.points), status(result)]
        rows.append(row)
    return lines([["student", *slugs, "total", "status"], *rows])


def status(result: Result) -> str:
    """Return `broken` if the grader failed on any exercise, else `graded`."""
    return "broken" if any(e.status == "broken" for e in result.exercises) else "graded"
