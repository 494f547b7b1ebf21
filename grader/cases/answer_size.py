"""Limit the sizes of answers by the sizes of the expected ones, so that an exercise needs little memory.

A call that returns 64 MB instead of three numbers is wrong, whatever the numbers are. `wire.measured` defines
the size of an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FLOOR: Final = 2**20
"""Bytes that every answer may have, if there are not too many answers."""
TIMES: Final = 16
"""Size limit as a multiple of the expected size: a long double has 16 bytes, a boolean one."""
LEAST_TIMES: Final = 4
TOGETHER: Final = 2**26
"""Bytes of all answers of an exercise, beyond which FLOOR and TIMES are reduced."""


def size_limits(expected: Sequence[int]) -> list[int]:
    """Return the largest size of the answer to each case in bytes.

    Args:
        expected: the sizes of the expected answers in bytes.
    """
    floor = min(FLOOR, TOGETHER // max(len(expected), 1))
    times = max(LEAST_TIMES, min(TIMES, TOGETHER // max(sum(expected), 1)))
    return [max(floor, times * size) for size in expected]
