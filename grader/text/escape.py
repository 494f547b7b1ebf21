"""Make the control characters in foreign text visible."""

from __future__ import annotations

import re
from typing import Final

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """Return `text` with escapes instead of terminal and bidirectional controls; line breaks are kept."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
