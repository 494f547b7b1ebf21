"""Zips of reports for the upload of feedback files in Moodle and Canvas, which match files by their names."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from grader.errors import UsageError
from grader.exports.request import Request
from grader.exports.row_matching import Asked, Finder, Known, known
from grader.report.pages import student_page
from grader.submissions.intake import named
from grader.submissions.lms_names import Owner

_UNSAFE: Final = re.compile(r'[\x00-\x1f_/\\:*?"<>|]+')
_NOBODY: Final = Owner("", "")
_REPORT: Final = "report.html"
_DATE: Final = (1980, 1, 1, 0, 0, 0)  # constant, so that the same reports give the same bytes


def moodle(request: Request, to: BinaryIO) -> list[str]:
    """Write `Full name_<participant>_assignsubmission_file_report.html` for each student.

    Each is a file, not a folder, because Moodle before 4.1 reads only the file's name.
    """
    if request.download:
        return _as_downloaded(request, request.download, to, system="moodle")
    class_, _ = known(request.records)
    numbered = {
        one.student: f"{_UNSAFE.sub(' ', one.name)}_{number}_assignsubmission_file_"
        for one in class_
        if len(one.numbers("moodle")) == 1
        for number in one.numbers("moodle")
    }
    if not numbered:
        raise UsageError("Nobody in this class has one participant number of Moodle; give --download.")
    _zip(request, numbered, to)
    return [_unnumbered(one) for one in class_ if one.student not in numbered]


def _unnumbered(one: Known) -> str:
    if one.numbers("moodle"):
        return f"{one.student} has another participant number in each assignment of Moodle; give --download."
    return f"{one.student} has no participant number of Moodle; give --download."


def canvas(request: Request, to: BinaryIO) -> list[str]:
    """Write one file per student with the name of a downloaded one, as Canvas requires a known name."""
    if not request.download:
        raise UsageError("canvas-feedback needs --download: Canvas takes no other names than its own.")
    return _as_downloaded(request, request.download, to, system="canvas")


def _as_downloaded(request: Request, download: Path, to: BinaryIO, *, system: str) -> list[str]:
    """Write each report under the name of the student's first file or folder in the download."""
    first: dict[str, Owner] = {}
    for owner in named(download):
        if owner.system == system and not owner.replaced and not first.get(owner.id, _NOBODY).prefix:
            first[owner.id] = owner
    finder = Finder(known(request.records)[0], system=system)
    found = finder.find([Asked(owner.id, (), owner.name) for owner in first.values()])
    pairs = [(one, owner) for one, owner in zip(found, first.values(), strict=True) if one]
    if not pairs:
        raise UsageError(
            f"{download} has nobody of this class; expected {system.capitalize()}'s download of submissions."
        )
    _zip(request, {one.student: owner.prefix for one, owner in pairs if owner.prefix}, to)
    nameless = [one.student for one, owner in pairs if not owner.prefix]
    return [
        *(f"{student} has no file in {download.name} whose name Canvas would know." for student in nameless),
        *finder.left_out(download.name),
    ]


def _zip(request: Request, prefixes: Mapping[str, str], to: BinaryIO) -> None:
    """Write the report of each student with a prefix, under a name that begins with it."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in request.records:
            if record.student in prefixes:
                page = student_page(record.result, title=request.title)
                info = zipfile.ZipInfo(f"{prefixes[record.student]}{_REPORT}", _DATE)
                archive.writestr(info, page, zipfile.ZIP_DEFLATED)
