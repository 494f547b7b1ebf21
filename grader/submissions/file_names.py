"""Names of files and students: make them printable, keep them inside their folder, find a file's kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from grader.text.escape import visible

Kind = Literal["source", "notebook", "archive", "foreign", "other"]

DEPTH: Final = 40
_CHARS: Final = 400
_STUDENT_CHARS: Final = 120
_NUMBERED: Final = re.compile(r"_\d+$")
_DRIVE: Final = re.compile("[A-Za-z]:")
_BREAKS: Final = str.maketrans({c: c.encode("unicode_escape").decode() for c in "\t\n\u2028\u2029"})
_TOOLS: Final = ("__pycache__", "node_modules", "site-packages", "venv")
_ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tgz")
_FOREIGN: Final = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst", ".tbz2", ".txz")
_HIDING: Final = (
    "numpy", "scipy", "matplotlib", "collections", "copy", "functools", "itertools", "json", "math", "os",
    "random", "statistics", "sys", "time", "types", "typing",
)  # fmt: skip


def printable(name: str) -> str:
    """Return a name in one line; control characters and bytes that are not UTF-8 become escapes."""
    return visible(unicodedata.normalize("NFC", name)).translate(_BREAKS)


def student(name: str) -> str:
    """Return a student's name, printable and shortened; the number at its end in a download is kept."""
    text = printable(name).strip() or "(no name)"
    if len(text) <= _STUDENT_CHARS:
        return text
    number = _NUMBERED.search(text[-_STUDENT_CHARS:])
    return f"{text[:_STUDENT_CHARS]}…{number[0] if number else ''}"


def same(name: str) -> str:
    """Return a key that is equal for names that a file system may treat as one, such as `Name` and `name`."""
    return unicodedata.normalize("NFC", name.casefold())


class Naming:
    """Makes raw paths printable, and keeps different paths different, so that no two students become one."""

    def __init__(self) -> None:
        self._raw: dict[tuple[str, ...], str] = {}

    def __call__(self, parts: Iterable[str]) -> tuple[str, ...]:
        """Return the path, each part printable."""
        made: tuple[str, ...] = ()
        for raw in parts:
            made = self.below(made, raw)
        return made

    def below(self, above: tuple[str, ...], raw: str) -> tuple[str, ...]:
        """Return the printable path of `raw` in a folder whose printable path is `above`."""
        shown, number = printable(raw), 1
        part, head = shown, stem(shown)
        while self._raw.setdefault((*above, part), raw) != raw:
            number += 1
            part = f"{head}~{number}{shown[len(head) :]}"
        return (*above, part)


def inside(name: str, naming: Naming) -> tuple[tuple[str, ...], str]:
    """Return an archive member's printable path, and why it must not be read (empty if it may)."""
    parts, refused = split(name)
    return naming(parts), refused


def split(name: str) -> tuple[tuple[str, ...], str]:
    """Return an archive member's path as given, and why it must not be read (empty if it may).

    The path of a refused member still begins with the student's folder, or is empty if it has none.
    """
    clean = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".")]
    if "\0" in name:
        return (), "its name holds a null byte"
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return (), "its name is absolute"
    if ".." in clean:
        before, last = clean[: clean.index("..")], [p for p in clean if p != ".."][-1:]
        return tuple(before + last) if before else (), "its name leads out of its folder"
    if len(clean) > DEPTH or len(name) > _CHARS:
        return tuple(p[:_CHARS] for p in clean[:2]), "its name is too long"
    return tuple(clean), ""


def is_junk(part: str) -> bool:
    """Return whether systems and editors make such files, such as `.DS_Store`; they get no note."""
    return part.startswith(".") or part == "__MACOSX"


def tool(parts: tuple[str, ...]) -> str:
    """Return the part of a path that a tool has made, such as `__pycache__`, or an empty text."""
    if parts and parts[-1].endswith((".pyc", ".pyo")):
        return "*.pyc"
    return next((p for p in parts if p in _TOOLS), "")


def kind(name: str) -> Kind:
    """Return the kind of a file by its suffix; `foreign` is an archive that is not opened."""
    lower = name.lower()
    if lower.endswith(".py"):
        return "source"
    if lower.endswith(".ipynb"):
        return "notebook"
    if lower.endswith(_ARCHIVES):
        return "archive"
    return "foreign" if lower.endswith(_FOREIGN) else "other"


def stem(name: str) -> str:
    """Return a file's name without its suffix; `.tar.gz` counts as one suffix."""
    lower = name.lower()
    suffix = next((s for s in (".tar.gz", ".tar.bz2", ".tar.xz") if lower.endswith(s)), "")
    return name[: -len(suffix)] if suffix else name.rpartition(".")[0] or name


def hides(name: str) -> str:
    """Return the library that a file of this name hides from imports, or an empty text."""
    found = name.removesuffix(".py")
    return found if found in _HIDING and found != name else ""
