"""Find the templates and exercises, in the installed package or in the repository beside it."""

from __future__ import annotations

from pathlib import Path

from grader.errors import GraderError

PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """Return the folder of the page templates; raises `GraderError` if there is none."""
    found = _folder("templates")
    if found is None:
        raise GraderError("The folder templates is neither in the installed package nor beside it.")
    return found


def exercises() -> Path | None:
    """Return the folder of the bundled exercises, or None if the package came with a course's bundle."""
    return _folder("exercises")


def _folder(name: str) -> Path | None:
    places = (place / name for place in (PACKAGE / "_data", PACKAGE.parent))
    return next((place for place in places if place.is_dir()), None)
