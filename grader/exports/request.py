"""What an export is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.errors import UsageError
from grader.gradebook import Record


@dataclass(frozen=True)
class Request:
    """Whom to export, and what the format needs besides."""

    records: Iterable[Record]
    """Read anew whenever they are gone through: a class need not fit into memory."""
    title: str
    template: Path | None = None
    """A CSV that the tool itself has exported: its rows and names are kept."""
    download: Path | None = None
    """The download of submissions whose names the feedback files must have."""

    def only(self, format_: str) -> Record:
        """Return the one student of a format for one; raises `UsageError` if there are more."""
        found = list(islice(self.records, 2))
        if len(found) != 1:
            raise UsageError(f"{format_} is a format for one student; say which one by --student.")
        return found[0]
