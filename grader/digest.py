"""Fingerprints of our own code: what was made by other code is made anew."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

import grader
from grader.resources import templates

_PACKAGE: Final = Path(grader.__file__).resolve().parent
_NO_VERDICT: Final = ("cli", "executors", "exports", "gradebook", "_data")
"""Folders that no verdict depends on."""


@cache
def verdict_code() -> str:
    """Return the SHA-256 of all that can change a verdict besides the exercises: our code, Python, numpy."""
    files = (p for p in _PACKAGE.rglob("*.py") if p.relative_to(_PACKAGE).parts[0] not in _NO_VERDICT)
    return _digest(files, f"{sys.version_info[:2]} {np.__version__}")


@cache
def page_code() -> str:
    """Return the SHA-256 of all that pages are made by: templates and our code."""
    return _digest((p for p in templates().iterdir() if p.is_file()), verdict_code())


def _digest(files: Iterable[Path], start: str) -> str:
    total = hashlib.sha256(start.encode())
    for path in sorted(files):
        total.update(f"{path.name}:{path.stat().st_size}:".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
