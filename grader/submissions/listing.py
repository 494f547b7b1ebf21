"""What stands in a class's folder or archive: listed, but not yet read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


class RefusedError(Exception):
    """A file or archive is not read; the text is the reason, to stand after "was left out: "."""


@dataclass(frozen=True)
class Entry:
    """What a folder or an archive lists."""

    parts: tuple[str, ...]
    """Printable, without `..`; empty where the name of a refused one does not tell whose it is."""
    read: Callable[[int], bytes] = lambda _: b""
    """Returns at most so many bytes; raises `RefusedError`. Called before the next entry is asked for."""
    refused: str = ""
    """Why it must not be read."""
    is_folder: bool = False
    label: str = ""
    """The name as given, printable."""

    def __str__(self) -> str:
        return self.label or "/".join(self.parts)


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
