"""The common budget of all archives of one student."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.submissions.folder import MEMBERS
from grader.submissions.listing import RefusedError

ARCHIVES: Final = 10
EXPANDED_BYTES: Final = 256 * 1024 * 1024
"""Bytes of a student's tars that are expanded in search of Python files."""
HEADER_BYTES: Final = 64 * 1024
"""Largest header of a tar; the library reads it into memory as a whole before it looks at it."""
HEADERS_BYTES: Final = 4 * 1024 * 1024
"""Bytes of names, comments and extra fields, which the libraries read in Python, byte by byte."""


@dataclass
class Allowance:
    """What is left of the budget. Each part of an archive is counted before it is read any further."""

    archives: int = ARCHIVES
    members: int = MEMBERS
    expanded: int = EXPANDED_BYTES
    headers: int = HEADERS_BYTES

    def open_archive(self) -> None:
        """Count one more archive; raises `RefusedError` if there are too many."""
        self.archives -= 1
        if self.archives < 0:
            raise RefusedError(f"only {ARCHIVES} archives of a student are opened")

    def list_member(self) -> None:
        """Count one more member; raises `RefusedError` if there are too many."""
        self.members -= 1
        if self.members < 0:
            raise RefusedError(f"it lists more than {MEMBERS} files; the rest was not looked at")

    def expand(self, count: int) -> None:
        """Count expanded bytes of a tar; raises `RefusedError` if there are too many."""
        self.expanded -= count
        if self.expanded < 0:
            raise RefusedError("it expands to too much; the rest of it was not looked at")

    def head(self, count: int) -> None:
        """Count the bytes of a header; raises `RefusedError` if there are too many."""
        self.headers -= count
        if self.headers < 0:
            raise RefusedError("its headers take too much room; the rest of it was not looked at")
