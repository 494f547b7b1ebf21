"""What something costs, counted: calls of functions and bytes of memory, the same on every machine."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any


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
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")
        if calls > most:
            sys.setprofile(None)
            raise TooMuchError(f"more than {most:,} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        value = act()
    finally:
        sys.setprofile(before)
    return Effort(value, calls)


def peak_bytes(act: Callable[[], Any]) -> int:
    """Return how many bytes `act` had at most at once, those of NumPy's arrays included."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
