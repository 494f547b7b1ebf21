"""Keys as they are pressed, on any system; from a pipe, its letters."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread


@contextmanager
def pressed(tell: Callable[[str], None]) -> Iterator[None]:
    """Call `tell` with each key, from a thread, while the context lasts."""
    with _unbuffered():
        # A daemon: it may wait for a key that never comes.
        Thread(target=_read, args=(tell,), daemon=True).start()
        yield


def at_terminal() -> bool:
    """Return whether somebody can press keys."""
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
        """Let the terminal hand over each key at once and unseen; as it was, afterwards."""
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
    """Read without Python's buffer, whose lock a waiting thread would hold when the program ends."""
    while byte := _byte():
        letter = byte.decode("ascii", "ignore")
        # In a pipe, the end of a line only ends it.
        if letter and (at_terminal() or letter not in "\r\n"):
            tell(letter)


def _byte() -> bytes:
    try:
        return os.read(0, 1)
    except OSError:  # closed, or a terminal that has gone
        return b""
