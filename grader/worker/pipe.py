"""Exact reads and complete writes on a descriptor, and the first byte that a worker sends."""

from __future__ import annotations

import os
from collections.abc import Callable

from grader.worker.frames import Receive

READY, REFUSED = b"+", b"-"
"""First byte of a worker: its walls are up, or one is missing, whose name follows."""


def reader(descriptor: int) -> Receive:
    """Return a function that reads exactly n bytes; it raises `EOFError` at the end of the stream."""

    def read(count: int) -> bytes:
        parts = []
        while count:
            part = os.read(descriptor, min(count, 1 << 20))  # may return fewer bytes
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    return read


def writer(descriptor: int) -> Callable[[bytes], None]:
    """Return a function that writes all of its bytes."""

    def write(data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    return write
