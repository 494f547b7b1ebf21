"""Describe damaged values in the database in one sentence."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Row

DAMAGE: Final = (ArithmeticError, LookupError, TypeError, ValueError, zlib.error, msgspec.MsgspecError)
"""Exceptions that reading a damaged value raises."""
_CHARS: Final = 200


def described(error: Exception) -> str:
    """Return an error in one short line."""
    text = " ".join(str(error).split())[:_CHARS].rstrip(".")
    return f"{type(error).__name__}, {text}" if text else type(error).__name__


def text(value: object) -> str:
    """Return a value if it is text; raises `TypeError` if not."""
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:_CHARS]!r} is not text")
    return value


def texts_alone(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Return the rows if all their values but the first are text; raises `TypeError` if not."""
    found = list(rows)
    for row in found:
        if not all(isinstance(value, str) for value in tuple(row)[1:]):
            raise TypeError(f"an entry of the audit trail is not text: {tuple(row)!r}"[:_CHARS])
    return found
