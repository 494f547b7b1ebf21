"""Zips of reports, named so that Moodle's and Canvas's upload of feedback files takes each to its student."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.exports.request import Export, Request
from grader.exports.who import Finder
from grader.gradebook import Record
from grader.report import student_page

_CANVAS: Final = re.compile(r"(?P<name>.+?)(?:_LATE)?_(?P<id>\d+)_(?P<attachment>\d+)_")
_MOODLE: Final = re.compile(r"(?P<name>[^_]+)_(?P<id>\d+)_assignsubmission_")
_UNSAFE: Final = re.compile(r'[\x00-\x1f_/\\:*?"<>|]+')
_REPORT: Final = "report.html"
_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


def moodle(request: Request) -> Export:
    """Return `Full name_<participant>_assignsubmission_file_report.html` for each student.

    A file, not a folder: Moodle before 4.1 looks at the file's name alone.
    """
    if request.download:
        return _as_downloaded(request, _MOODLE, "{name}_{id}_assignsubmission_file_")
    known = [r for r in request.records if r.system == "moodle" and r.ident.isdigit()]
    rest = [r.student for r in request.records if r not in known]
    left_out = [f"{student} has no participant number of Moodle; give --download." for student in rest]
    named = ((f"{_UNSAFE.sub(' ', r.name)}_{r.ident}_assignsubmission_file_", r) for r in known)
    return Export(_zip(named, request.title), left_out)


def canvas(request: Request) -> Export:
    """Return one file a student, named as downloaded: Canvas asks for an attachment that it knows."""
    if not request.download:
        raise UsageError("canvas-feedback needs --download: Canvas takes no other names than its own.")
    return _as_downloaded(request, _CANVAS, "{0}")


def _as_downloaded(request: Request, pattern: re.Pattern[str], prefix: str) -> Export:
    """Return the reports under the names of the download's files or folders, the first of each student."""
    assert request.download
    finder = Finder(request.records)
    named = []
    for name in _names(request.download):
        found = pattern.match(name)
        record = finder.find([found["id"]], [found["name"]]) if found else None
        if found and record:
            named.append((prefix.format(found[0], **found.groupdict()), record))
    return Export(_zip(named, request.title), finder.left_out(request.download.name))


def _names(download: Path) -> list[str]:
    """Return the names at the top of a folder or zip."""
    try:
        if download.is_dir():
            return sorted(p.name for p in download.iterdir())
        with zipfile.ZipFile(download) as archive:
            return sorted({name.partition("/")[0] for name in archive.namelist()})
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{download} is neither a folder nor a zip: {error}.") from error


def _zip(named: Iterable[tuple[str, Record]], title: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for prefix, record in named:
            page = student_page(record.result, title=title)
            archive.writestr(zipfile.ZipInfo(f"{prefix}{_REPORT}", _DATE), page, zipfile.ZIP_DEFLATED)
    return data.getvalue()
