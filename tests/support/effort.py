"""What something costs, counted: calls of functions and bytes of memory, the same on every machine."""

from __future__ import annotations

import signal
import sys
import tracemalloc
from collections.abc import Callable
from cProfile import Profile
from dataclasses import dataclass
from typing import Any

_BACKSTOP_S = 100
"""CPU time after which something counts as endless: what is judged is the number of calls."""


class TooMuchError(BaseException):
    """More calls than allowed: no `except Exception` keeps it from the test."""


@dataclass(frozen=True)
class Effort:
    """What came of something, and how much it took."""

    value: Any
    calls: int
    """Of functions of Python and of C."""


def effort(act: Callable[[], Any], *, most: int) -> Effort:
    """Return what `act` returns and how many calls it made; raises `TooMuchError` beyond `most`."""
    profile = Profile()
    before = sys.getprofile()
    usual = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, _BACKSTOP_S)
    try:
        value = profile.runcall(act)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, usual)
        sys.setprofile(before)
    calls = sum(entry.callcount for entry in profile.getstats())
    if calls > most:
        raise TooMuchError(f"{calls:,} calls; expected at most {most:,}")
    return Effort(value, calls)


def _give_up(number: int, frame: object) -> None:
    raise TooMuchError(f"no end within {_BACKSTOP_S} s of CPU time")


def peak_bytes(act: Callable[[], Any]) -> int:
    """Return how many bytes `act` had at most at once, those of NumPy's arrays included."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
