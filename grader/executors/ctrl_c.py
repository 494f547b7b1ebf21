"""A Ctrl-C that waits for its moment."""

from __future__ import annotations

import signal
import threading


class CtrlC:
    """A context manager that keeps a Ctrl-C until `heed` is called, at the latest until the end.

    Raised in the middle of a library with threads and finalizers, a `KeyboardInterrupt` may be swallowed, or
    leave half of what is being built behind.
    """

    def __init__(self) -> None:
        self._heard = self._hears = False

    def __enter__(self) -> CtrlC:
        # Whoever ignores Ctrl-C, as `nohup` does, or handles it in a way of their own keeps that.
        ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if ours and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._hear)
            self._hears = True
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._hears:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if kind is None:
            self.heed()

    def _hear(self, *_: object) -> None:
        self._heard = True

    def heed(self) -> None:
        """Raise `KeyboardInterrupt` if there was a Ctrl-C since the last time."""
        heard, self._heard = self._heard, False
        if heard:
            raise KeyboardInterrupt
