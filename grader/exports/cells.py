"""Tables as CSV that no spreadsheet can take for a program, and CSV as others wrote it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.markup import visible

_FORMULA: Final = ("=", "+", "-", "@", "\t")


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; numbers and a dash for nothing stay."""
    shown = visible(text)
    harmless = shown == "-" or _is_number(shown) or not shown.lstrip(" ").startswith(_FORMULA)
    return shown if harmless else f"'{shown}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def lines(rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> str:
    """Return rows as CSV in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", delimiter=delimiter)
    writer.writerows([cell(c) for c in row] for row in rows)
    return text.getvalue()


def read(path: Path) -> list[list[str]]:
    """Return the rows of a CSV with commas or semicolons; raises `UsageError` if it is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} is not a CSV in UTF-8: {error}.") from error
    if not rows:
        raise UsageError(f"{path} is empty; expected a first line with the names of columns.")
    return rows


def points(value: float) -> str:
    """Return points as every tool reads them: at most four decimals, no exponent, a point."""
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")
