"""How much one value may be made of: levels, values and bytes, counted alike on both sides of the wire."""

from __future__ import annotations

DEPTH = 12
NODES = 10_000
NODE_BYTES = 64
"""What each value counts at least: about what Python needs to hold it."""


class TooLargeError(Exception):
    """A value beyond the limits, of which the whole is left out; the text says in what it is too large."""


class Budget:
    """Counts levels, values and bytes on either side."""

    def __init__(self, most: int) -> None:
        self.most, self.bytes, self.nodes = most, 0, 0

    def enter(self, depth: int) -> None:
        """Count one more value."""
        self.nodes += 1
        self.bytes += NODE_BYTES
        if depth > DEPTH or self.nodes > NODES or self.bytes > self.most:
            raise self._excess(depth)

    def spend(self, count: int) -> None:
        """Count what one value holds."""
        self.bytes += count
        if self.bytes > self.most:
            raise self._excess(0)

    def _excess(self, depth: int) -> TooLargeError:
        if depth > DEPTH:
            return TooLargeError(f"nested more than {DEPTH} levels deep")
        parts = f"{NODES:,} parts" if self.nodes > NODES else size(self.most)
        return TooLargeError(f"with more than {parts}")


def size(count: int) -> str:
    """Return a number of bytes in words, such as `24 bytes` or `64 MB`."""
    number, unit = (count, "bytes") if count < 1024 else (count / 1024, "KB")
    number, unit = (number, unit) if count < 2**20 else (count / 2**20, "MB")
    return f"{number:,.0f} {unit}" if number >= 10 else f"{round(number, 1):g} {unit}"
