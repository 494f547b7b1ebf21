"""Check the types of stored rows, because SQLite keeps a value of any type in any column."""

from __future__ import annotations

import math
from typing import Any, Final

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Row

from grader.gradebook.schema import attempts, gradings

_KINDS: Final = {Boolean: bool, Float: (float, int), Integer: int, LargeBinary: bytes}


def _kind(column: Column[Any]) -> Any:
    return next((kind for of, kind in _KINDS.items() if isinstance(column.type, of)), str)


_COLUMNS: Final = tuple((column.name, _kind(column)) for column in (*attempts.c, *gradings.c))


def sound(row: Row[Any]) -> Row[Any]:
    """Return a row of attempts and gradings, and maybe more; raises `ValueError` for what no grader wrote."""
    for value, (name, kind) in zip(tuple(row), _COLUMNS, strict=False):
        if not isinstance(value, kind) or (isinstance(value, float) and not math.isfinite(value)):
            raise ValueError(f"{name} is {str(value)[:40]!r}")
    return row
