"""Read keys as they are pressed, on any system; from a pipe, read its letters."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread


@contextmanager
def pressed(tell: Callable[[str], None]) -> Iterator[None]:
    """Call `tell` from a thread with each key while the context is open."""
    with _unbuffered():
        # A daemon, because the thread may wait for a key that never comes.
        Thread(target=_read, args=(tell,), daemon=True).start()
        yield


def at_terminal() -> bool:
    """Return whether standard input is a terminal."""
    try:
        return os.isatty(0)
    except OSError:
        return False


if sys.platform == "win32":  # pragma: no cover

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        yield

    def _read(tell: Callable[[str], None]) -> None:
        import msvcrt

        while at_terminal():
            tell(msvcrt.getwch())
        _read_pipe(tell)

else:
    import termios
    import tty

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        """Make the terminal pass on each key at once and without echo; restore it afterwards."""
        if not at_terminal():
            yield
            return
        before = termios.tcgetattr(0)
        tty.setcbreak(0)
        try:
            yield
        finally:
            termios.tcsetattr(0, termios.TCSADRAIN, before)

    def _read(tell: Callable[[str], None]) -> None:
        _read_pipe(tell)


def _read_pipe(tell: Callable[[str], None]) -> None:
    """Read without `sys.stdin`: a waiting thread would hold the lock of its buffer when the program ends."""
    while byte := _byte():
        letter = byte.decode("ascii", "ignore")
        # At a terminal, Enter is a key. In a pipe, a line end only separates letters.
        if letter and (at_terminal() or letter not in "\r\n"):
            tell(letter)


def _byte() -> bytes:
    try:
        return os.read(0, 1)
    except OSError:  # standard input is closed, or its terminal is gone
        return b""
