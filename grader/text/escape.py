"""Make the control characters in foreign text visible."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """Return `text` with escapes instead of terminal and bidirectional controls; line breaks are kept."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


_SPELLED: Final = {
    "−": "-",
    "–": "-",
    "…": "...",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "×": "x",
    "·": "*",
    "⋅": "*",
    "→": "->",
    "←": "<-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "′": "'",
    "²": "^2",
    "³": "^3",
    "√": "sqrt",
    "∞": "inf",
    "∑": "sum ",
    "∏": "prod ",
    "∂": "d",
    "∈": " in ",
    "─": "-",
    "━": "=",
    "•": "*",
    "‖": "||",
    "∣": "|",
    "∇": "grad ",
    "⊙": "*",
    "±": "+-",
    "\u0302": "_hat",
    "\u0304": "_bar",
}
"""Signs that the project's own sentences and formulas have, in ASCII."""


def spelled(text: str, encoding: str) -> str:
    """Return `text` with ASCII in place of signs that the encoding lacks, such as `-` for `−`.

    Signs without a usual spelling stay as they are; Greek letters become their names.
    """
    if text.isascii() or _fits(text, encoding):
        return text
    return "".join(sign if _fits(sign, encoding) else _in_ascii(sign) for sign in text)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    except LookupError:  # no encoding of Python's
        return True
    return True


def _in_ascii(sign: str) -> str:
    if sign in _SPELLED:
        return _SPELLED[sign]
    name = unicodedata.name(sign, "")
    if not name.startswith("GREEK ") or "LETTER" not in name:
        return sign
    letter = name.split("LETTER ")[1].split(" ")[0].lower()
    return letter.capitalize() if "CAPITAL" in name else letter
