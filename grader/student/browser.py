"""Open a page in the learner's browser, if this system has one with a window."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path

from grader.student.editor import start


def show(path: Path, *, env: Mapping[str, str] | None = None) -> bool:
    """Open a page in a browser; return False if there is none with a window.

    A browser that draws in the terminal would take it from the program that runs there.
    """
    given = os.environ if env is None else env
    if not _has_windows(given):
        return False
    address = path.resolve().as_uri()
    if given.get("BROWSER"):
        return _started(given["BROWSER"].split(os.pathsep)[0].replace("%s", "").split(), address)
    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def _has_windows(env: Mapping[str, str]) -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY") or env.get("BROWSER"))


def _started(command: list[str], address: str) -> bool:
    try:
        start([*command, address])
    except OSError:
        return False
    return True
