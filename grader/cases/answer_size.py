"""How much an answer may hold: by what is expected of it, so that a whole exercise stays small in memory.

A call that returns 64 MB where three numbers are expected is wrong whatever the numbers are. What an answer
counts is defined by `wire.measured`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FLOOR: Final = 2**20
"""Bytes that every answer may hold, if there are not too many of them."""
TIMES: Final = 16
"""How many times the size that is expected an answer may have: long doubles where booleans belong."""
LEAST_TIMES: Final = 4
TOGETHER: Final = 2**26
"""Bytes to which floors and multiples of an exercise's answers shrink where they would be more."""


def size_limits(expected: Sequence[int]) -> list[int]:
    """Return how many bytes the answer to each case may count.

    Args:
        expected: how many the expected answers count.
    """
    floor = min(FLOOR, TOGETHER // max(len(expected), 1))
    times = max(LEAST_TIMES, min(TIMES, TOGETHER // max(sum(expected), 1)))
    return [max(floor, times * size) for size in expected]
