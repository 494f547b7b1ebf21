"""Read keys as they are pressed, on any system; from a pipe, read its letters."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final


class Keyboard:
    """The keys that come while `pressed` is open; the terminal can be lent to another program."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()
        self._parked, self._goes_on = Event(), Event()
        self.is_lent = self.is_over = False
        """Read where no pipe can wake the thread that reads: on Windows."""

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Read no key meanwhile, and leave the terminal as it was before: a program may take it."""
        self._parked.clear()
        self._goes_on.clear()
        self.is_lent = True
        os.write(self._writer, _PARK)
        self._parked.wait(_PARK_S)
        try:
            with _as_before():
                yield
        finally:
            self.is_lent = False
            self._goes_on.set()

    def is_told_to_go_on(self) -> bool:
        """Wait, in the thread that reads, until the terminal is given back; return False at the end."""
        if os.read(self.reader, 1) != _PARK:
            return False
        self._parked.set()
        self._goes_on.wait()
        return True

    def end(self, reading: Thread) -> None:
        """End the thread that reads, so that it takes no key of whoever reads next."""
        self._goes_on.set()
        self.is_over = True
        os.write(self._writer, _END)
        reading.join(_PARK_S)
        if not reading.is_alive():
            os.close(self.reader)
            os.close(self._writer)


@contextmanager
def pressed(tell: Callable[[str], None]) -> Iterator[Keyboard]:
    """Call `tell` from a thread with each key while the context is open.

    A key is a letter, or a name: `up`, `down`, `pageup`, `pagedown`, `home`, `end`, `left`, `right`,
    `backspace`, `escape`.
    """
    keyboard = Keyboard()
    with _unbuffered():
        reading = Thread(target=_read, args=(tell, keyboard), daemon=True)
        reading.start()
        try:
            yield keyboard
        finally:
            keyboard.end(reading)


def at_terminal() -> bool:
    """Return whether standard input is a terminal."""
    try:
        return os.isatty(0)
    except OSError:
        return False


_PARK, _END = b"p", b"e"
_PARK_S: Final = 1.0
"""Seconds within which the thread that reads stops; it has ended if it does not."""
_MORE_S: Final = 0.03
"""Seconds in which the rest of a key's sequence comes, also over a slow line."""

if sys.platform == "win32":  # pragma: no cover
    _SPECIAL: Final = {
        **{"H": "up", "P": "down", "I": "pageup", "Q": "pagedown"},
        **{"G": "home", "O": "end", "K": "left", "M": "right"},
    }

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        yield

    @contextmanager
    def _as_before() -> Iterator[None]:
        yield

    def _read(tell: Callable[[str], None], keyboard: Keyboard) -> None:
        import msvcrt
        import time

        while at_terminal() and not keyboard.is_over:
            if keyboard.is_lent:
                keyboard.is_told_to_go_on()
            elif not msvcrt.kbhit():
                time.sleep(_MORE_S)
            else:
                letter = msvcrt.getwch()
                if letter in ("\x00", "\xe0"):
                    letter = _SPECIAL.get(msvcrt.getwch(), "")
                tell({"\x1b": "escape", "\x08": "backspace"}.get(letter, letter))
        while byte := _bytes(1):
            _tell_letters(byte, tell)

else:
    import select
    import termios
    import tty

    _NAMED: Final = {
        **{b"\x1b[A": "up", b"\x1b[B": "down", b"\x1bOA": "up", b"\x1bOB": "down", b"\x1b": "escape"},
        **{b"\x1b[5~": "pageup", b"\x1b[6~": "pagedown", b"\x1b[C": "right", b"\x1b[D": "left"},
        **{b"\x1b[H": "home", b"\x1b[F": "end", b"\x1b[1~": "home", b"\x1b[4~": "end"},
        **{b"\x7f": "backspace", b"\x08": "backspace"},
    }
    _SEQUENCE: Final = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[@-~]|[\s\S]")
    _before: list[list[object]] = []
    """The settings of the terminal before keys were read from it."""

    @contextmanager
    def _unbuffered() -> Iterator[None]:
        """Make the terminal pass on each key at once and without echo; restore it afterwards."""
        if not at_terminal():
            yield
            return
        before = termios.tcgetattr(0)
        _before.append(before)
        tty.setcbreak(0, termios.TCSADRAIN)  # keys that were pressed before count
        try:
            yield
        finally:
            _before.pop()
            termios.tcsetattr(0, termios.TCSADRAIN, before)

    @contextmanager
    def _as_before() -> Iterator[None]:
        if not _before:
            yield
            return
        ours = termios.tcgetattr(0)
        termios.tcsetattr(0, termios.TCSADRAIN, _before[-1])  # type: ignore[arg-type]  # as tcgetattr gave it
        try:
            yield
        finally:
            termios.tcsetattr(0, termios.TCSAFLUSH, ours)

    def _read(tell: Callable[[str], None], keyboard: Keyboard) -> None:
        # Not by `sys.stdin`: a thread that waits would hold the lock of its buffer when the program ends.
        while True:
            try:
                ready, _, _ = select.select([0, keyboard.reader], [], [])
            except (OSError, ValueError):  # standard input is closed
                return
            if keyboard.reader in ready:
                if not keyboard.is_told_to_go_on():
                    return
                continue
            data = _bytes(_BURST if at_terminal() else 1)
            if not data:
                return
            if at_terminal():
                _tell_keys(data, tell)
            else:
                _tell_letters(data, tell)

    def _tell_keys(data: bytes, tell: Callable[[str], None]) -> None:
        if data.endswith(b"\x1b") and select.select([0], [], [], _MORE_S)[0]:
            data += _bytes(_BURST)
        for found in _SEQUENCE.findall(data):
            key = _NAMED.get(found) or (found.decode("ascii", "ignore") if len(found) == 1 else "")
            if key:
                tell(key)


_BURST: Final = 1024


def _tell_letters(data: bytes, tell: Callable[[str], None]) -> None:
    letter = data.decode("ascii", "ignore")
    if letter and letter not in "\r\n":  # in a pipe, a line end only separates letters
        tell(letter)


def _bytes(most: int) -> bytes:
    try:
        return os.read(0, most)
    except OSError:  # standard input is closed, or its terminal is gone
        return b""
