"""How the terminal is spoken to: colours that respect NO_COLOR, lines that fit, student text as text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from grader.text.escape import visible

if TYPE_CHECKING:
    from rich.progress import Progress

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False)
_STYLE = {
    "passed": "green", "failed": "red", "error": "red", "time": "red", "partial": "yellow", "notrun": "dim",
    "advice": "magenta",
}  # fmt: skip
_MARK = {
    "passed": "✓",
    "failed": "✗",
    "error": "!",
    "time": "⏱",
    "partial": "◐",
    "notrun": "○",
    "advice": "i",
}
_NARROW = 20
"""Columns that text keeps, however deep it is indented."""


def speaks_unicode() -> bool:
    """Return whether the console's encoding has every character."""
    return "utf" in (out.encoding or "").lower()


# GitHub obeys lines that begin with `::`, blanks before it or not, and `##[` anywhere; Azure `##vso[`.
_COMMAND = re.compile(r"(^[^\S\n]*)(?=::)|(#)(?=#(?:vso)?\[)", re.MULTILINE)


def mark(shape: str) -> str:
    """Return a status mark that the console's encoding has."""
    return _MARK[shape] if speaks_unicode() else {"passed": "ok"}.get(shape, shape)


def style(shape: str) -> str:
    """Return the colour of a status; its word always stands beside it."""
    return _STYLE[shape]


def bar(share: float, width: int) -> str:
    """Return a bar of which `share`, 0 to 1, is filled; a start is always seen, and an end only at 1."""
    full = width if share >= 1 else min(width - 1, max(round(share * width), 1 if share > 0 else 0))
    filled, rest = ("█", "░") if speaks_unicode() else ("#", ".")
    return filled * full + rest * (width - full)


def progress() -> Progress:
    """Return a progress bar on standard error; nothing where that is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal, transient=True)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar that is told how many are through, and of how many."""
    with progress() as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def columns() -> int:
    """Return how wide lines may be; 0, which is endless, where nobody looks at a terminal."""
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() else out.width if out.is_terminal else 0


def inert(text: str) -> str:
    """Return `text` with whatever a terminal or a runner that reads its log would obey spelled out."""
    return _COMMAND.sub(r"\1\2\\", visible(text))


def line(text: str, *, style: str = "", indent: int = 0, hang: int = 0, error: bool = False) -> None:
    """Print text that may come from a student: no markup, no control characters, wrapped and never cut.

    Args:
        hang: columns by which the lines after the first are indented further.
        error: print on standard error.
    """
    stream = err if error else out
    for paragraph in inert(text).split("\n"):
        depth = _fitting(indent)
        for part in _wrapped(paragraph, indent + hang):
            stream.print(Text(f"{' ' * depth}{part}" if part else "", style=style))
            depth = _fitting(indent + hang)


def _fitting(margin: int) -> int:
    return min(margin, max(columns() - _NARROW, 0)) if columns() else margin


def _wrapped(paragraph: str, margin: int) -> list[str]:
    """Return the lines of a paragraph, which keep its own indent; words that are too long are broken."""
    if not columns():
        return [paragraph]
    lead = len(paragraph) - len(paragraph.lstrip(" "))
    room = max(columns() - margin - lead, min(columns(), _NARROW))
    parts = Text(paragraph.strip(" ")).wrap(out, room)
    return [" " * min(lead, columns() - room) + part.plain.rstrip(" ") for part in parts]
