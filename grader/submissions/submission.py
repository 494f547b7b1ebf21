"""One student's files in memory, with what intake has to say about them; and what is known without them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SubmissionInfo:
    """What is known of a submission while its files lie where they were handed in."""

    student: str
    """Unique in its class, also where upper and lower case are one; printable, one line."""
    digest: str
    """Of the submission, as it was when this was written."""
    notes: tuple[str, ...] = ()
    name: str = ""
    id: str = ""
    is_called: bool = False
    """Whether a class list was asked: then `id` is what it says, also where that is nothing."""
    system: str = ""
    late: bool = False
    submitted: str = ""
    place: tuple[str, ...] = ()
    """What is this student's at the top of the class, by the names there."""


@dataclass(frozen=True)
class Submission:
    """One student's Python files by their path inside the submission; a notebook is its code cells."""

    student: str
    """Unique in its class, also where upper and lower case are one; printable, one line."""
    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()
    """What was left out or is odd, and why; one sentence each, one line each."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Python files and notebooks that cannot be used, with a sentence each: syntax errors to a grader."""
    name: str = ""
    """As the download or folder gives it, without what makes `student` unique."""
    id: str = ""
    """The roster's, else the one in the download's names, else empty."""
    is_called: bool = False
    """Whether a roster was asked for `id`."""
    system: str = ""
    """Whose ids these are: `moodle`, `canvas`, `github`, or empty."""
    late: bool = False
    """Marked so by the download."""
    submitted: str = ""
    """When it was handed in, ISO 8601 with a time zone; empty if nothing says so."""

    @property
    def digest(self) -> str:
        """SHA-256 of names and contents."""
        total = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            total.update(f"{len(name)}:{name}:{len(data)}:".encode("utf-8", "surrogateescape"))
            total.update(data)
        for name, why in sorted(self.unreadable.items()):
            total.update(f"!{len(name)}:{name}:{len(why)}:{why}".encode("utf-8", "surrogateescape"))
        return total.hexdigest()

    @property
    def info(self) -> SubmissionInfo:
        """All but the files."""
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
