"""Where templates and exercises are: in the installed package, else in the repository beside it."""

from __future__ import annotations

from pathlib import Path

from grader.errors import GraderError

_PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """Return the folder of the page templates; raises `GraderError` if there is none."""
    return _folder("templates", package=_PACKAGE)


def exercises() -> Path:
    """Return the folder of the bundled exercises; raises `GraderError` if there is none."""
    return _folder("exercises", package=_PACKAGE)


def _folder(name: str, *, package: Path) -> Path:
    for place in (package / "_data", package.parent):
        if (place / name).is_dir():
            return place / name
    raise GraderError(f"The folder {name} is neither in the installed package nor beside it.")
