"""Names of students' files: readable, unique and valid on every system."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from hashlib import sha256
from typing import Final
from urllib.parse import quote

_WORD: Final = re.compile(r"(?:^|(?<=[ '-])).")
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d) *(?:$|\.)", re.IGNORECASE | re.ASCII)
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that are not seen, and that some systems leave out when they compare names."""
_NAME: Final = 200
"""Longest name of a file in bytes; file systems allow 255, suffixes included."""


def file_name(student: str) -> str:
    """Return the name of a student's files without suffix; it is unique and valid on every system.

    Letters of any alphabet stay. A name whose letters a system may compose differently is written in percent
    codes, as all else that no file may be called.
    """
    name = _whole("".join(map(_kept, student)) + _capitals(student))
    is_safe = unicodedata.is_normalized("NFC", name) and sys.getfilesystemencoding() == "utf-8"
    if not is_safe or len(name.encode()) > _NAME:
        name = _whole(quote(student, safe=" ", errors="replace") + _capitals(student))
    if len(name) <= _NAME:
        return name
    # One character longer than any name that is not cut, so that it equals none of them.
    return f"{name[: _NAME - 16]}-{sha256(name.encode()).hexdigest()[:16]}"


def _whole(name: str) -> str:
    """Return a name that is no device and that no system shortens."""
    # On Windows, `con.html` is a device whatever follows the dot, and a dot or space at the end is dropped.
    hidden = [0] if _DEVICE.match(name) else []
    hidden += [len(name) - 1] if name.endswith((".", " ")) else []
    for place in hidden[::-1]:
        name = f"{name[:place]}%{ord(name[place]):02X}{name[place + 1 :]}"
    return name


@lru_cache(4096)
def _kept(character: str) -> str:
    """Return a letter or digit that no system takes for another, and all else in percent codes."""
    small = _small(character)
    is_stable = small.casefold() == small == small.upper().lower()
    is_letter = unicodedata.category(character)[0] in "LMN" and not _UNSEEN.match(character)
    if is_stable and is_letter and not character.isascii():
        return character
    return quote(character, safe=" ", errors="replace")


def _capitals(student: str) -> str:
    """Return a suffix with the positions of unusual capitals, or an empty text if there are none.

    Windows and macOS treat `given` and `Given` as one file name. Usual are small letters in a single word,
    and a capital at the beginning of each of several words. The suffix begins with `=`, which no quoted name
    contains.
    """
    usual = "".join(map(_small, student))
    if " " in student:
        usual = _WORD.sub(lambda begin: _large(begin[0]), usual)
    places = sum(1 << i for i, pair in enumerate(zip(student, usual, strict=True)) if pair[0] != pair[1])
    return f"={places:x}" if places else ""


def _small(character: str) -> str:
    """Return the small letter of a capital that is the only one of it."""
    small = character.lower()
    return small if len(small) == 1 and small.upper() == character else character


def _large(character: str) -> str:
    """Return the capital of a small letter that is the only one of it."""
    large = character.upper()
    return large if len(large) == 1 and large.lower() == character else character
