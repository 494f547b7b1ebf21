"""The folder of a graded class: results, reports, table; written so that a run can be resumed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.markup import file_name, visible
from grader.report import class_page, student_page
from grader.results import Result, from_json, to_json

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


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

    def known(self, student: str) -> Result | None:
        """Return the stored result of a student, None if it or its report is missing.

        Raises `UsageError` where the file is damaged.
        """
        path = self._path("results", student, ".json")
        whole = path.is_file() and self._path("reports", student, ".html").is_file()
        return from_json(path.read_bytes(), source=str(path)) if whole else None

    def put(self, result: Result, *, title: str) -> None:
        """Write one result and its report."""
        # The result last: where it stands, a resumed run takes the rest for done.
        _write(self._path("reports", result.student, ".html"), student_page(result, title=title).encode())
        _write(self._path("results", result.student, ".json"), to_json(result))

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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", *slugs, "total", "status"])
    for result in results:
        points = {e.slug: f"{e.points:g}" for e in result.exercises}
        row = [
            _cell(result.student),
            *(points.get(s, "") for s in slugs),
            f"{result.points:g}",
            status(result),
        ]
        writer.writerow(row)
    return text.getvalue()


def status(result: Result) -> str:
    """Return `broken` if the grader failed on any exercise, else `graded`."""
    return "broken" if any(e.status == "broken" for e in result.exercises) else "graded"


def _cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, nor any reader for the end of a row."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def broken(results: Iterable[Result]) -> list[str]:
    """Return the students on whom the grader itself failed."""
    return [r.student for r in results if status(r) == "broken"]
