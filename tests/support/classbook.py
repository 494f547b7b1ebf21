"""A gradebook of a class with awkward names, for the tests of exports."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from support import samples

from grader.course.policy import policy
from grader.exports import formats
from grader.exports.request import Request
from grader.gradebook import Gradebook, Record, records
from grader.submissions import Submission

NAMES = {
    "student-01_101": ("=HYPERLINK(1)", "101"),
    "student-02_102": ("Fämily, Gíven", "102"),
    "student-03_103": ('Given "Nick" 姓', "103"),
    "student-04_104": ("Same Name", "104"),
    "student-05_105": ("Same Name", "105"),
    "student-06": ("-2+3|cmd", ""),
}


@cache
def class_of(system: str = "moodle") -> tuple[Record, ...]:
    """Return six students with 1 to 6 points out of as many and one; `student-03` has half a point more."""
    with TemporaryDirectory() as folder:
        return tuple(_only(Path(folder), system, student, number) for number, student in enumerate(NAMES, 1))


def _only(folder: Path, system: str, student: str, number: int) -> Record:
    """Return one student of a gradebook of their own: in one class an exercise is worth the same to all."""
    name, ident = NAMES[student]
    with Gradebook(f"sqlite:///{folder / f'{student}.db'}") as book:
        book.set_policy(policy({"title": "Lesson 2"}))
        tanh = samples.exercise("tanh", "Tanh", [samples.check("right", "Right", "passed", number)])
        relu = samples.exercise("relu", "Relu", [samples.check("right", "Right", "failed", 1.0)])
        handed = Submission(student, {}, name=name, id=ident, system=system if ident else "")
        book.record(handed.info, samples.result(student, [tanh, relu]), {"tanh": "a", "relu": "b"})
        if student == "student-03_103":
            book.adjust(student, "relu", 0.5, reason="Nearly.")
        return next(records(book))


class Export(NamedTuple):
    """What an export wrote, and whom it left out."""

    data: bytes
    left_out: list[str]


def export(format_: str, request: Request) -> Export:
    """Return the file of a format."""
    stream = io.BytesIO()
    left_out = formats.export(format_, request, stream)
    return Export(stream.getvalue(), left_out)


def rows(data: bytes) -> list[list[str]]:
    """Return the table that a CSV holds."""
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def written(path: Path, *lines: list[str], delimiter: str = ",") -> Path:
    """Write a CSV as another tool exports it, with the mark that spreadsheets put in front."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(lines)
    return path
