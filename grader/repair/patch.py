"""Put changed units into the student's file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.repair.code import Code

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def lines(data: bytes) -> list[bytes]:
    """Return the lines of a file with their ends, as Python counts them."""
    return [line for line in _LINE.findall(data) if line]


def patched(code: Code, texts: Sequence[str]) -> bytes:
    """Return the student's file with the units whose texts have changed."""
    found = lines(code.data)
    pairs = zip(code.units, code.texts, texts, strict=True)
    for unit, old, new in reversed(list(pairs)):
        if old != new:
            assert unit.end_lineno is not None
            found[unit.lineno - 1 : unit.end_lineno] = [new.encode() + b"\n"]
    return b"".join(found)
