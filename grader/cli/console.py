"""Print to the terminal: colours that respect NO_COLOR, wrapped lines, and student text without effects."""

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
"""Least width of text in columns, however deep it is indented."""


def speaks_unicode() -> bool:
    """Return whether the console's encoding is a Unicode one."""
    return "utf" in (out.encoding or "").lower()


# GitHub executes lines that begin with `::`, with or without blanks before it, and `##[` anywhere in a line.
# Azure executes `##vso[`.
_COMMAND = re.compile(r"(^[^\S\n]*)(?=::)|(#)(?=#(?:vso)?\[)", re.MULTILINE)


def mark(shape: str) -> str:
    """Return a status mark that the console's encoding can represent."""
    return _MARK[shape] if speaks_unicode() else {"passed": "ok"}.get(shape, shape)


def style(shape: str) -> str:
    """Return the colour of a status, which is always shown with its word."""
    return _STYLE[shape]


def bar(share: float, width: int) -> str:
    """Return a bar filled by `share`, 0 to 1; a share above 0 is always visible, and only 1 fills it."""
    full = width if share >= 1 else min(width - 1, max(round(share * width), 1 if share > 0 else 0))
    filled, rest = ("█", "░") if speaks_unicode() else ("#", ".")
    return filled * full + rest * (width - full)


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Show what the command is doing while it takes long; nothing if standard error is no terminal."""
    if not err.is_terminal:
        yield
        return
    with err.status(f"{text}; Ctrl-C ends it.", spinner="line"):  # which every console can show
        yield


def progress() -> Progress:
    """Return a progress bar on standard error, which shows nothing if that is not a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal, transient=True)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar; yield a function that takes the number done and the total."""
    with progress() as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def columns() -> int:
    """Return the largest width of lines; 0 for no limit, if the output is not a terminal."""
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() else out.width if out.is_terminal else 0


def inert(text: str) -> str:
    """Return `text` without effects on a terminal or on a CI runner that reads its log."""
    return _COMMAND.sub(r"\1\2\\", visible(text))


def line(text: str, *, style: str = "", indent: int = 0, hang: int = 0, error: bool = False) -> None:
    """Print text that may come from a student: no markup, no control characters, wrapped and never cut.

    Args:
        hang: additional indent of the lines after the first, in columns.
        error: whether to print to standard error.
    """
    stream = err if error else out
    for paragraph in inert(text).split("\n"):
        depth = _fitting(indent)
        for part in _wrapped(paragraph, _fitting(indent + hang)):
            stream.print(Text(f"{' ' * depth}{part}" if part else "", style=style))
            depth = _fitting(indent + hang)


def _fitting(margin: int) -> int:
    return min(margin, max(columns() - _NARROW, 0)) if columns() else margin


def _wrapped(paragraph: str, margin: int) -> list[str]:
    """Return the wrapped lines of a paragraph; its indent is kept, and words that are too long are split."""
    if not columns():
        return [paragraph]
    paragraph = paragraph.expandtabs()
    indented = _fitting(margin + len(paragraph) - len(paragraph.lstrip(" ")))
    wrapped = Text(paragraph.strip(" ")).wrap(out, columns() - indented)
    # Blanks after a word that is split begin the next line, or are all of it.
    parts = [text for part in wrapped if (text := part.plain.strip())]
    return [f"{' ' * (indented - margin)}{part}" for part in parts] or [""]
