"""The entries of a class's folder or archive: listed, but not yet read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


class RefusedError(Exception):
    """A file or archive is not read; the text is the reason and follows the words "was left out: "."""


@dataclass(frozen=True)
class Entry:
    """A file or folder that a folder or an archive lists."""

    parts: tuple[str, ...]
    """Printable path without `..`; empty if the name of a refused entry does not tell its student."""
    read: Callable[[int], bytes] = lambda _: b""
    """Returns at most so many bytes; raises `RefusedError`. Call it before taking the next entry."""
    refused: str = ""
    """Why the entry must not be read; empty if it may."""
    is_folder: bool = False
    label: str = ""
    """The given name, made printable."""

    def __str__(self) -> str:
        return self.label or "/".join(self.parts)


@dataclass(frozen=True)
class Top:
    """A folder or file at the top of a class; it belongs to one student or to nobody."""

    key: str
    """The name as given."""
    name: str
    """The printable name, unique in the class."""
    entries: Callable[[], Iterator[Entry]]
    """Yields the entries of a folder, or the file itself with an empty path."""
    is_folder: bool
    path: Path | None = None
    """The path of a folder on this machine; None for all else."""
