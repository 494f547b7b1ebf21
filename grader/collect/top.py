"""What stands at the top of a class, in a folder, a zip or a tar: listed, but not yet looked into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.collect.entry import Entry


@dataclass(frozen=True)
class Top:
    """A folder or file that is a student's, or nobody's."""

    key: str
    """Its name as it stands there."""
    name: str
    """Its name, printable; no two in one class are the same."""
    entries: Callable[[], Iterator[Entry]]
    """Yields what is below it, or itself, then without a path."""
    is_folder: bool
    path: Path | None = None
    """Where it lies, if it is a folder on this machine."""
