"""What an export is asked for, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import UsageError
from grader.gradebook import Record


@dataclass(frozen=True)
class Request:
    """Whom to export, and what the format needs besides."""

    records: Sequence[Record]
    title: str
    template: Path | None = None
    """A CSV that the tool itself has exported: its rows and names are kept."""
    download: Path | None = None
    """The download of submissions whose names the feedback files must have."""

    def only(self, format_: str) -> Record:
        """Return the one student of a format for one; raises `UsageError` if there are more."""
        if len(self.records) != 1:
            raise UsageError(f"{format_} is a format for one student; say which one by --student.")
        return self.records[0]


@dataclass(frozen=True)
class Export:
    """A file's content, and who is not in it."""

    data: bytes
    left_out: list[str] = field(default_factory=list)
    """One sentence each."""
