"""Text in UTF-16, which some editors and shells write, as UTF-8."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 200
"""Bytes by which a text without a mark is recognised."""


def as_utf8(data: bytes) -> bytes:
    """Return a text in UTF-16 or UTF-32 as UTF-8, and all other data unchanged.

    Without a mark at the beginning, it is UTF-16 if most of the even or of the odd bytes at the beginning are
    zero, as of Latin letters: no text in another encoding has a zero byte.
    """
    name = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _unmarked(data)
    if not name:
        return data
    try:
        return data.decode(name).encode("utf-8")
    except UnicodeError:
        return data


def _unmarked(data: bytes) -> str:
    head = data[:_SAMPLE]
    if len(head) < 4 or len(data) % 2:
        return ""
    half = len(head) // 2
    zeros = head[0::2].count(0), head[1::2].count(0)
    if 2 * zeros[1] > half and not zeros[0]:
        return "utf-16-le"
    return "utf-16-be" if 2 * zeros[0] > half and not zeros[1] else ""
