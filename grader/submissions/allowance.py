"""What the archives of one student may cost all together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.submissions.folder import MEMBERS
from grader.submissions.listing import RefusedError

ARCHIVES: Final = 10
EXPANDED_BYTES: Final = 256 * 1024 * 1024
"""How much of a student's tars is expanded to look for Python files."""
HEADER_BYTES: Final = 64 * 1024
"""Most that one header of a tar may hold; it is read into memory before anything is known of it."""
HEADERS_BYTES: Final = 4 * 1024 * 1024
"""Names, comments and extra fields: what the libraries read in Python, byte by byte."""


@dataclass
class Allowance:
    """What is left of it; each part of an archive is paid for before it is read on."""

    archives: int = ARCHIVES
    members: int = MEMBERS
    expanded: int = EXPANDED_BYTES
    headers: int = HEADERS_BYTES

    def open_archive(self) -> None:
        """Pay for one more archive."""
        self.archives -= 1
        if self.archives < 0:
            raise RefusedError(f"only {ARCHIVES} archives of a student are opened")

    def list_member(self) -> None:
        """Pay for one more member."""
        self.members -= 1
        if self.members < 0:
            raise RefusedError(f"it lists more than {MEMBERS} files; the rest was not looked at")

    def expand(self, count: int) -> None:
        """Pay for bytes that a tar expands to."""
        self.expanded -= count
        if self.expanded < 0:
            raise RefusedError("it expands to too much; the rest of it was not looked at")

    def head(self, count: int) -> None:
        """Pay for the bytes of headers."""
        self.headers -= count
        if self.headers < 0:
            raise RefusedError("its headers take too much room; the rest of it was not looked at")
