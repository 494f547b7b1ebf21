"""Zips of reports, named so that Moodle's and Canvas's upload of feedback files takes each to its student."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from grader.errors import UsageError
from grader.exports.request import Request
from grader.exports.who import Asked, Finder, known
from grader.report import student_page

_CANVAS: Final = re.compile(r"(?P<name>.+?)(?:_LATE)?_(?P<id>\d+)_(?P<attachment>\d+)_")
_MOODLE: Final = re.compile(r"(?P<name>[^_]+)_(?P<id>\d+)_assignsubmission_")
_UNSAFE: Final = re.compile(r'[\x00-\x1f_/\\:*?"<>|]+')
_REPORT: Final = "report.html"
_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


def moodle(request: Request, to: BinaryIO) -> list[str]:
    """Write `Full name_<participant>_assignsubmission_file_report.html` for each student.

    A file, not a folder: Moodle before 4.1 looks at the file's name alone.
    """
    if request.download:
        return _as_downloaded(request, _MOODLE, "{name}_{id}_assignsubmission_file_", to, system="moodle")
    class_, _ = known(request.records)
    named = {
        one.student: f"{_UNSAFE.sub(' ', one.name)}_{one.number('moodle')}_assignsubmission_file_"
        for one in class_
        if one.number("moodle")
    }
    _zip(request, named, to)
    rest = (one.student for one in class_ if one.student not in named)
    return [f"{student} has no participant number of Moodle; give --download." for student in rest]


def canvas(request: Request, to: BinaryIO) -> list[str]:
    """Write one file a student, named as downloaded: Canvas asks for an attachment that it knows."""
    if not request.download:
        raise UsageError("canvas-feedback needs --download: Canvas takes no other names than its own.")
    return _as_downloaded(request, _CANVAS, "{0}", to, system="canvas")


def _as_downloaded(
    request: Request, pattern: re.Pattern[str], prefix: str, to: BinaryIO, *, system: str
) -> list[str]:
    """Write the reports under the names of the download's files or folders, the first of each student."""
    assert request.download
    finder = Finder(known(request.records)[0], system=system)
    first: dict[str, re.Match[str]] = {}
    for match in filter(None, map(pattern.match, _names(request.download))):
        first.setdefault(match["id"], match)
    found = finder.find([Asked(match["id"], (), match["name"]) for match in first.values()])
    named = {
        record.student: prefix.format(match[0], **match.groupdict())
        for record, match in zip(found, first.values(), strict=True)
        if record
    }
    _zip(request, named, to)
    return finder.left_out(request.download.name)


def _names(download: Path) -> list[str]:
    """Return the names at the top of a folder or zip."""
    try:
        if download.is_dir():
            return sorted(p.name for p in download.iterdir())
        with zipfile.ZipFile(download) as archive:
            return sorted({name.partition("/")[0] for name in archive.namelist()})
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{download} is neither a folder nor a zip: {error}.") from error


def _zip(request: Request, named: Mapping[str, str], to: BinaryIO) -> None:
    """Write the report of each student who has a name there, under that name."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in request.records:
            if record.student in named:
                page = student_page(record.result, title=request.title)
                info = zipfile.ZipInfo(f"{named[record.student]}{_REPORT}", _DATE)
                archive.writestr(info, page, zipfile.ZIP_DEFLATED)
