"""Exact reads and whole writes on a descriptor, and the first byte a worker says."""

from __future__ import annotations

import os
from collections.abc import Callable

from grader.worker.frames import Receive

READY, REFUSED = b"+", b"-"
"""The walls stand; or a wall that cannot be had, named in what follows."""


def reader(descriptor: int) -> Receive:
    """Return a reader of exactly n bytes; raises `EOFError` at the end of the stream."""

    def read(count: int) -> bytes:
        parts = []
        while count:
            part = os.read(descriptor, min(count, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    return read


def writer(descriptor: int) -> Callable[[bytes], None]:
    """Return a writer that writes all it is given."""

    def write(data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    return write
