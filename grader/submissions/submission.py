"""One student's files in memory with intake's notes, and the same without the files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SubmissionInfo:
    """A submission without its files, which are read again when it is graded."""

    student: str
    """Printable in one line; unique in the class even if case is ignored."""
    digest: str
    """The submission's digest when it was listed."""
    notes: tuple[str, ...] = ()
    name: str = ""
    id: str = ""
    is_called: bool = False
    """Whether a roster was used; then `id` is the roster's, or empty if the roster has none."""
    system: str = ""
    late: bool = False
    submitted: str = ""
    place: tuple[str, ...] = ()
    """The names of this student's files and folders at the top of the class."""


@dataclass(frozen=True)
class Submission:
    """One student's Python files by their path inside the submission; a notebook is reduced to its code."""

    student: str
    """Printable in one line; unique in the class even if case is ignored."""
    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()
    """Sentences on what was left out or is unusual, and why, of one line each."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Python files and notebooks that cannot be used, with a sentence each; graded as syntax errors."""
    name: str = ""
    """The name in the download or folder, without the part that makes `student` unique."""
    id: str = ""
    """The roster's id, else the one in the download's names, else empty."""
    is_called: bool = False
    """Whether a roster was used to find `id`."""
    system: str = ""
    """The system of the download: `moodle`, `canvas`, `github`, or empty."""
    late: bool = False
    """Whether the download marks it as late."""
    submitted: str = ""
    """When it was handed in, as ISO 8601 with a time zone; empty if unknown."""

    @property
    def digest(self) -> str:
        """SHA-256 of names and contents."""
        # With their lengths, because else `ab` + `c` and `a` + `bc` would have one digest.
        total = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            total.update(f"{len(name)}:{name}:{len(data)}:".encode("utf-8", "surrogateescape"))
            total.update(data)
        for name, why in sorted(self.unreadable.items()):
            total.update(f"!{len(name)}:{name}:{len(why)}:{why}".encode("utf-8", "surrogateescape"))
        return total.hexdigest()

    @property
    def info(self) -> SubmissionInfo:
        """The submission without its files."""
        return SubmissionInfo(
            self.student,
            self.digest,
            self.notes,
            name=self.name,
            id=self.id,
            is_called=self.is_called,
            system=self.system,
            late=self.late,
            submitted=self.submitted,
        )
