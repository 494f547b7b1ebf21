"""Bound one value's levels, nodes and bytes; both sides of the wire count them in the same way."""

from __future__ import annotations

DEPTH = 12
NODES = 10_000
NODE_BYTES = 64
"""Bytes that each node counts at least: about what Python needs for an object."""


class TooLargeError(Exception):
    """A value is beyond a limit and is left out as a whole; the text names the limit."""


class Budget:
    """Counts the levels, nodes and bytes of one value."""

    def __init__(self, most: int) -> None:
        self.most, self.bytes, self.nodes = most, 0, 0

    def enter(self, depth: int) -> None:
        """Count one more node at `depth`; raises `TooLargeError` beyond a limit."""
        self.nodes += 1
        self.bytes += NODE_BYTES
        if depth > DEPTH or self.nodes > NODES or self.bytes > self.most:
            raise self._excess(depth)

    def spend(self, count: int) -> None:
        """Count `count` bytes of content; raises `TooLargeError` beyond the limit."""
        self.bytes += count
        if self.bytes > self.most:
            raise self._excess(0)

    def _excess(self, depth: int) -> TooLargeError:
        if depth > DEPTH:
            return TooLargeError(f"nested more than {DEPTH} levels deep")
        parts = f"{NODES:,} parts" if self.nodes > NODES else size(self.most)
        return TooLargeError(f"with more than {parts}")


def size(count: int) -> str:
    """Return a number of bytes as text, such as `24 bytes` or `64 MB`."""
    number, unit = (count, "bytes") if count < 1024 else (count / 1024, "KB")
    number, unit = (number, unit) if count < 2**20 else (count / 2**20, "MB")
    return f"{number:,.0f} {unit}" if number >= 10 else f"{round(number, 1):g} {unit}"
