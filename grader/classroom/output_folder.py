"""The folder of a graded class: results, reports and tables, all made from the gradebook."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from grader.report.class_summary import ClassSummary
from grader.report.exercise_summary import ExerciseTally
from grader.report.pages import class_page, exercise_page, student_page
from grader.report.templates import file_name
from grader.results import ExerciseResult, Result, to_json
from grader.text.files import write
from grader.text.tables import lines, points_cell


class Store:
    """`OUT`: index.html, exercises/, reports/, results/, grades.csv."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("results", "reports", "exercises"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def index(self) -> Path:
        """The class page."""
        return self.folder / "index.html"

    def has(self, student: str) -> bool:
        """Return whether a student's pages exist, stale or not."""
        return (
            self._path("results", student, ".json").is_file()
            and self._path("reports", student, ".html").is_file()
        )

    def put(self, result: Result, *, title: str) -> None:
        """Write one result and its report."""
        # The result comes last: if it exists, a resumed run assumes that the report does, too.
        _write(self._path("reports", result.student, ".html"), student_page(result, title=title).encode())
        _write(self._path("results", result.student, ".json"), to_json(result))

    def drop(self, student: str) -> None:
        """Remove a student's pages if there are any."""
        for kind, suffix in (("results", ".json"), ("reports", ".html")):
            self._path(kind, student, suffix).unlink(missing_ok=True)

    def put_changes(self, rows: Sequence[Sequence[str]]) -> None:
        """Write the table of results that changed when graded again; write nothing if there are none."""
        if rows:
            head = ("when", "student", "exercise", "before", "after", "why")
            _write(self.folder / "changes.csv", lines([head, *rows]).encode())

    def put_exercise(
        self, tally: ExerciseTally, examples: Mapping[str, ExerciseResult], *, title: str, text: str
    ) -> None:
        """Write the page of one exercise."""
        page = exercise_page(tally, examples, title=title, text=text)
        _write(self._path("exercises", tally.slug, ".html"), page.encode())

    def close(self, seen: ClassSummary, *, title: str) -> None:
        """Write the table and the page of the whole class."""
        _write(self.folder / "grades.csv", table(seen).encode())
        _write(self.index, class_page(seen, title=title).encode())

    def _path(self, kind: str, student: str, suffix: str) -> Path:
        return self.folder / kind / (file_name(student) + suffix)


def _write(path: Path, data: bytes) -> None:
    """Write a file of the folder; raises `OSError` if a device or a pipe has its name, even behind a link."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    write(path, data)


def table(seen: ClassSummary) -> str:
    """Return the class as CSV: student, one column per exercise, total, open points, status."""
    head = ["student", *(e.slug for e in seen.exercises), "total", "open", "status"]
    undecided = set(seen.undecided)  # a list would be searched once for each student
    rows = (
        [
            row.student,
            *(points_cell(mark.points) if mark else "" for mark in row.marks),
            points_cell(row.points),
            points_cell(row.open_points),
            "undecided" if row.student in undecided else "graded",
        ]
        for row in seen.rows
    )
    return lines(chain([head], rows))
