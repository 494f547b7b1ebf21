"""End a run by Ctrl-C and SIGTERM in the same way: results so far are kept, and no process is left."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Terminated(KeyboardInterrupt):
    """A SIGTERM. Code that lets a `KeyboardInterrupt` pass, such as pytest, lets its subclass pass too."""


def exit_code(error: KeyboardInterrupt) -> int:
    """Return a shell's exit code for the signal: 130 for Ctrl-C, 143 for SIGTERM."""
    return 128 + (signal.SIGTERM if isinstance(error, Terminated) else signal.SIGINT)


_AGAIN_S = 0.01
"""Seconds until a signal that a finalizer has swallowed is raised again."""


@contextmanager
def sigterm_raises() -> Iterator[None]:
    """Raise `Terminated` at a SIGTERM unless it is ignored or has a handler; no Ctrl-C is lost, either."""
    ours = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if ours and _may_set_handlers():
        signal.signal(signal.SIGTERM, _terminate)
    try:
        with _swallowed_signals_come_again():
            yield
    finally:
        if ours and _may_set_handlers():
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def _swallowed_signals_come_again() -> Iterator[None]:
    """Repeat a signal whose exception was raised in a finalizer such as a pipe's `__del__`.

    A signal handler runs between any two instructions, also in a finalizer. Python prints an exception there
    and goes on, so the run would not end.
    """
    before = sys.unraisablehook

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if not isinstance(unraisable.exc_value, KeyboardInterrupt) or not _may_set_handlers():
            before(unraisable)
            return
        number = signal.SIGTERM if isinstance(unraisable.exc_value, Terminated) else signal.SIGINT
        if signal.getsignal(number) is _nothing:
            signal.signal(number, _terminate)
        # Not `threading.Thread`: it takes locks that the interrupted code may hold.
        _thread.start_new_thread(_raise_again, (number,))

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def _raise_again(number: int) -> None:
    time.sleep(_AGAIN_S)  # by then, the finalizer has ended; if another one runs, the hook comes here again
    if not callable(signal.getsignal(number)):
        return  # the run has ended, and the default action would end the process
    if sys.platform == "win32":  # pragma: no cover
        _thread.interrupt_main(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)  # also interrupts a blocking call


def _terminate(*_: object) -> None:
    # The run now ends and cleans up. `timeout` sends a second SIGTERM, which must not interrupt that.
    signal.signal(signal.SIGTERM, _nothing)
    raise Terminated


def _nothing(*_: object) -> None:
    """Do nothing. Unlike `SIG_IGN`, a handler is not inherited by the processes that are started."""


def _may_set_handlers() -> bool:
    return threading.current_thread() is threading.main_thread()


class Interrupts:
    """A context manager that defers Ctrl-C and SIGTERM until `heed` is called, or until its end.

    In the middle of a library with threads and finalizers such as Dask, a `KeyboardInterrupt` may be
    swallowed, or leave a cluster half started.

    Args:
        tell: called at once when a signal comes.
    """

    def __init__(self, tell: Callable[[], object] = lambda: None) -> None:
        self._tell = tell
        self._took: type[KeyboardInterrupt] | None = None
        self._replaced: list[tuple[signal.Signals, Callable[..., object]]] = []

    def __enter__(self) -> Interrupts:
        # A signal that is ignored stays ignored, such as SIGINT in a shell's background job. So does another
        # handler.
        for number, raises in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, _terminate)):
            if signal.getsignal(number) is raises and _may_set_handlers():
                signal.signal(number, self._take)
                self._replaced.append((number, raises))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for number, raises in self._replaced:
            signal.signal(number, raises)
        if kind is None:
            self.heed()

    def _take(self, number: int, _: object) -> None:
        self._took = Terminated if number == signal.SIGTERM else KeyboardInterrupt
        self._tell()

    def heed(self) -> None:
        """Raise `KeyboardInterrupt` or `Terminated` if a signal came since the last call."""
        heard, self._took = self._took, None
        if heard:
            raise heard
