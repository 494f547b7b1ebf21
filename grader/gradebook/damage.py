"""Stored values that are no longer what was written: told in one sentence."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Row

DAMAGE: Final = (ArithmeticError, LookupError, TypeError, ValueError, zlib.error, msgspec.MsgspecError)
"""What reading such a value raises."""
_CHARS: Final = 200


def described(error: Exception) -> str:
    """Return what went wrong, in one short line."""
    text = " ".join(str(error).split())[:_CHARS].rstrip(".")
    return f"{type(error).__name__}, {text}" if text else type(error).__name__


def text(value: object) -> str:
    """Return a value that must be text; raises `TypeError` if it is not."""
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:_CHARS]!r} is not text")
    return value


def texts_alone(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Return rows of which all but the first value are text; raises `TypeError` for any other."""
    found = list(rows)
    for row in found:
        if not all(isinstance(value, str) for value in tuple(row)[1:]):
            raise TypeError(f"an entry of the audit trail is not text: {tuple(row)!r}"[:_CHARS])
    return found
