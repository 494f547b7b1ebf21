"""The folder of a graded class: results, reports, tables; all of it made from the gradebook."""

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

    def put_exercise(
        self, tally: ExerciseTally, examples: Mapping[str, ExerciseResult], *, title: str, text: str
    ) -> None:
        """Write the page of one exercise."""
        page = exercise_page(tally, examples, title=title, text=text)
        _write(self._path("exercises", tally.slug, ".html"), page.encode())

    def close(self, seen: ClassSummary, *, title: str) -> None:
        """Write what is about the whole class."""
        _write(self.folder / "grades.csv", table(seen).encode())
        _write(self.index, class_page(seen, title=title).encode())

    def _path(self, kind: str, student: str, suffix: str) -> Path:
        return self.folder / kind / (file_name(student) + suffix)


def _write(path: Path, data: bytes) -> None:
    """Write a file of the folder; a device or pipe in its place, even behind a link, is none of ours."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    write(path, data)


def table(seen: ClassSummary) -> str:
    """Return the class as CSV: student, one column an exercise, total, what is open, status."""
    head = ["student", *(e.slug for e in seen.exercises), "total", "open", "status"]
    undecided = set(seen.undecided)
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
