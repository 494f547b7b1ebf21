"""Print to the terminal: colours that respect NO_COLOR, wrapped lines, and student text without effects."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from grader.text.escape import spelled, visible

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
ELLIPSIS = "…"
"""Marks what is cut."""
_NARROW = 20
"""Least width of text in columns, however deep it is indented."""


def encoding() -> str:
    """Return the name of the console's encoding."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def speaks_unicode() -> bool:
    """Return whether the console's encoding is a Unicode one."""
    return "utf" in encoding().lower()


class Captured:
    """Lines that were printed while they were captured, with their colours."""

    def __init__(self) -> None:
        self.lines: list[str] = []


@contextmanager
def captured(width: int) -> Iterator[Captured]:
    """Collect what is printed meanwhile as lines of at most `width` columns, instead of printing it."""
    global out
    terminal, text, found = out, io.StringIO(), Captured()
    out = _Page(file=text, width=width, no_color=terminal.no_color, color_system=_colours(terminal))
    try:
        yield found
    finally:
        out = terminal
        found.lines = text.getvalue().splitlines()


class _Page(Console):
    """A console of a given width that prints into a text."""

    def __init__(self, *, file: io.StringIO, width: int, no_color: bool, color_system: Any) -> None:
        super().__init__(
            file=file,
            width=width,
            no_color=no_color,
            color_system=color_system,
            force_terminal=True,
            highlight=False,
            soft_wrap=True,
            legacy_windows=False,
        )


def _colours(terminal: Console) -> Any:
    return terminal.color_system if terminal.is_terminal else None


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
    if isinstance(out, _Page):
        return out.width
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() else out.width if out.is_terminal else 0


def inert(text: str) -> str:
    """Return `text` without effects on a terminal or on a CI runner that reads its log.

    Signs that the console's encoding lacks are spelled in ASCII where there is a usual spelling.
    """
    return _COMMAND.sub(r"\1\2\\", spelled(visible(text), encoding()))


def line(
    text: str,
    *,
    style: str = "",
    indent: int = 0,
    hang: int = 0,
    label: str = "",
    error: bool = False,
    most: int = 0,
) -> None:
    """Print text that may come from a student: no markup, no control characters, and wrapped.

    Args:
        label: a short text before the first line; the others are indented by its length.
        hang: additional indent of the lines after the first, in columns.
        error: whether to print to standard error.
        most: the number of lines after which the rest is cut and marked; 0 for no limit.
    """
    stream = err if error else out
    if label and 0 < columns() < indent + len(label) + _NARROW:
        text, label, hang = f"{label.strip()} {text}", "", hang + 2
    first, later = _fitting(indent + len(label)), _fitting(indent + len(label) + hang)
    parts: list[tuple[int, str]] = []
    for paragraph in inert(text).split("\n"):
        wrapped = _wrapped(paragraph, later)
        parts += [(later if place else first, part) for place, part in enumerate(wrapped)]
    if most and len(parts) > most:
        last, rest = parts[most - 1]
        parts[most - 1 :] = [(last, _marked(rest, columns() - last if columns() else 0))]
    for place, (margin, part) in enumerate(parts):
        before = f"{' ' * indent}{label}" if label and not place else " " * margin
        stream.print(Text(f"{before}{part}" if part else before.rstrip(), style=style))


def cut(line: str, width: int) -> str:
    """Return a captured line cut to `width` columns."""
    plain = Text.from_ansi(line)
    return line if plain.cell_len <= width else plain[: max(width, 0)].plain


def _marked(text: str, width: int) -> str:
    """Return the text with a mark that something was cut, in at most `width` columns."""
    dots = spelled(ELLIPSIS, encoding())
    shown = Text(text)
    shown.truncate(max(width - len(dots) - 1, 0) if width else len(text))
    return f"{shown.plain.rstrip()} {dots}"


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
