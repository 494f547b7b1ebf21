"""JUnit XML with one test suite per student and one test case per check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, Final
from xml.etree import ElementTree

from grader.errors import UsageError
from grader.exports.ci import junit_document, junit_suite
from grader.exports.request import Request
from grader.gradebook import Record
from grader.report.redact import for_student

_MOST_BYTES: Final = 30 * 1000 * 1000
"""Largest file that GitLab reads."""


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write all students; names contain the student's, as GitLab keeps only the first of equal names."""
    many = len(list(islice(request.records, 2))) > 1
    to.write(junit_document(_suites(request.records, many=many)).encode())
    return []


def _suites(records: Iterable[Record], *, many: bool) -> Iterator[ElementTree.Element]:
    """Yield a suite per student; raises `UsageError` if they exceed the largest file."""
    size = 0
    for record in records:
        prefix = f"{record.student}: " if many else ""
        suite = junit_suite(for_student(record.result), name=record.student, prefix=prefix)
        size += len(ElementTree.tostring(suite))
        if size > _MOST_BYTES:
            raise UsageError(
                "This would be over 30 MB, which GitLab does not read; export one --student at a time."
            )
        yield suite
