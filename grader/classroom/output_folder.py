"""The folder of a graded class: results, reports and tables, all made from the gradebook."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from grader.report.class_summary import ClassSummary, Mark
from grader.report.code_view import Code
from grader.report.exercise_summary import ExerciseTally
from grader.report.file_names import file_name
from grader.report.pages import class_page, exercise_page, student_page
from grader.results import ExerciseResult, Result, to_json
from grader.text.files import write
from grader.text.tables import lines, points_cell

_FOLDERS: Final = ("exercises", "instructor", "reports", "results")
_OF_STUDENTS: Final = (("instructor", ".html"), ("reports", ".html"), ("results", ".json"))


class Listed(NamedTuple):
    """What the table says about a student besides the points."""

    name: str
    ident: str
    status: str


class Store:
    """`OUT`: index.html, exercises/, instructor/, reports/, results/, grades.csv."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def index(self) -> Path:
        """The class page."""
        return self.folder / "index.html"

    def has(self, student: str) -> bool:
        """Return whether a student's pages exist, stale or not."""
        return all(self._path(kind, student, suffix).is_file() for kind, suffix in _OF_STUDENTS)

    def put(self, result: Result, code: Code, *, title: str) -> None:
        """Write one result, the student's report, and the instructor's page with the code."""
        # The result comes last: if it exists, a resumed run assumes that the pages do, too.
        page = student_page(result, audience="instructor", title=title, code=code)
        _write(self._path("instructor", result.student, ".html"), page.encode())
        _write(self._path("reports", result.student, ".html"), student_page(result, title=title).encode())
        _write(self._path("results", result.student, ".json"), to_json(result))

    def drop(self, student: str) -> None:
        """Remove a student's pages if there are any."""
        for kind, suffix in _OF_STUDENTS:
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

    def close(self, seen: ClassSummary, people: Mapping[str, Listed], *, title: str) -> None:
        """Write the table and the page of the whole class."""
        _write(self.folder / "grades.csv", table(seen, people).encode())
        _write(self.index, class_page(seen, title=title).encode())
        self._drop_earlier(people)

    def _drop_earlier(self, people: Iterable[str]) -> None:
        """Remove the pages that earlier versions named in percent codes instead of letters."""
        names = {file_name(student) for student in people}
        for kind, suffix in _OF_STUDENTS:
            for path in (self.folder / kind).glob(f"*%[89A-F]*{suffix}"):
                if path.name.removesuffix(suffix) not in names:
                    path.unlink()

    def _path(self, kind: str, student: str, suffix: str) -> Path:
        return self.folder / kind / (file_name(student) + suffix)


def _write(path: Path, data: bytes) -> None:
    """Write a file of the folder; raises `OSError` if a device or a pipe has its name, even behind a link."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    write(path, data)


def table(seen: ClassSummary, people: Mapping[str, Listed]) -> str:
    """Return the class as CSV, with the columns of the export `csv`.

    If there are several lessons, each has a column with its points.
    """
    lessons: dict[str, list[int]] = {}
    for place, tally in enumerate(seen.exercises):
        lessons.setdefault(tally.lesson, []).append(place)
    several = dict(sorted(lessons.items())) if len(lessons) > 1 else {}
    slugs = [tally.slug for tally in seen.exercises]
    head = ["student", "name", "id", *slugs, *several, "total", "open", "max_points", "status"]
    most = points_cell(sum(tally.max_points for tally in seen.exercises))
    rows = (
        [
            row.student,
            people[row.student].name,
            people[row.student].ident,
            *(points_cell(mark.points) if mark else "" for mark in row.marks),
            *(_sum([row.marks[place] for place in places]) for places in several.values()),
            points_cell(row.points),
            points_cell(row.open_points),
            most,
            people[row.student].status,
        ]
        for row in seen.rows
    )
    return lines(chain([head], rows))


def _sum(marks: Sequence[Mark | None]) -> str:
    """Return the points of a lesson; empty if the student has nothing of it."""
    points = [mark.points for mark in marks if mark]
    return points_cell(sum(points)) if points else ""
