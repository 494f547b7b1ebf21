"""Keys that are pressed: another standard input for this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def standard_input(descriptor: int) -> Iterator[None]:
    """Let `descriptor` be what this process reads."""
    before = os.dup(0)
    os.dup2(descriptor, 0)
    try:
        yield
    finally:
        os.dup2(before, 0)
        os.close(before)
