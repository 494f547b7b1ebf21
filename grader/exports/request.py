"""The input of an export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.errors import UsageError
from grader.gradebook import Record


@dataclass(frozen=True)
class Request:
    """The records to export, and further input that the format needs."""

    records: Iterable[Record]
    """Each iteration reads them again, so that a class need not fit into memory."""
    title: str
    column: str = ""
    """The name of the assignment in the tool; the title if empty."""
    template: Path | None = None
    """A CSV exported by the tool itself; its rows and names are kept."""
    download: Path | None = None
    """The download of submissions, whose names the feedback files must have."""

    def only(self, format_: str) -> Record:
        """Return the only student, for a format of one student; raises `UsageError` if there are more."""
        found = list(islice(self.records, 2))
        if len(found) != 1:
            raise UsageError(f"{format_} is a format for one student; say which one by --student.")
        return found[0]
