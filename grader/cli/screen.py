"""Draw whole screens at a terminal, and leave it as it was before."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from grader.cli import console
from grader.cli.keys import at_terminal

_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"
_ENTER, _LEAVE = f"\x1b[?1049h{_HIDE}", f"{_SHOW}\x1b[?1049l"
"""Show the terminal's second page without a cursor; show the first one again."""
_TOP, _CLEAR_LINE, _CLEAR_BELOW = "\x1b[H", "\x1b[2K", "\x1b[J"
_USUAL: Final = (80, 24)


class Size(NamedTuple):
    """The columns and rows of the terminal."""

    columns: int
    rows: int


def size() -> Size:
    """Return the size of the terminal; 80 × 24 if it does not say."""
    try:
        columns, rows = os.get_terminal_size(1)
    except OSError:
        return Size(*_USUAL)
    return Size(columns or _USUAL[0], rows or _USUAL[1])


def is_possible() -> bool:
    """Return whether whole screens can be drawn here and keys be read."""
    out = console.out
    return out.is_terminal and not out.is_dumb_terminal and not out.legacy_windows and at_terminal()


class Screen:
    """The terminal's second page, drawn as a whole."""

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines, which fit the width; those below the last row are left out."""
        rows = size().rows
        # A line is cleared before it is written: clearing after its last column would take that away.
        drawn = "\n".join(f"{_CLEAR_LINE}{line}" for line in lines[:rows])
        self._write(f"{_TOP}{drawn}{_CLEAR_BELOW if len(lines) < rows else ''}{_HIDE}")

    @contextmanager
    def left(self) -> Iterator[None]:
        """Show the terminal's first page meanwhile: another program may write there."""
        self._write(_LEAVE)
        try:
            yield
        finally:
            self._write(_ENTER)

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


@contextmanager
def full_screen() -> Iterator[Screen]:
    """Show the terminal's second page, and the first one again at the end, also after an error or signal."""
    screen = Screen()
    screen._write(_ENTER)
    try:
        yield screen
    finally:
        screen._write(_LEAVE)
