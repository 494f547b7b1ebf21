"""Write CSV without formulas, and read foreign CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.text.escape import visible

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_INNER: Final = re.compile(r'(?<=[;\t\n])(?=[ "]*[=+\-@＝＋－＠])')


def cell(text: str) -> str:
    """Return text that no spreadsheet reads as a formula, and no reader as the end of a row.

    Where the decimal sign is a comma, a spreadsheet begins a new cell at each `;`, even within quotation
    marks: `a;=1+1` would end with a formula.
    """
    return _INNER.sub("'", _as_text(text))


def foreign(text: str) -> str:
    """Return a cell of another tool's table; negative numbers and a single dash stay unchanged.

    Only the beginning is made safe: the tool reads back a comment with `&nbsp;-` inside, which must not
    change.
    """
    return text if text == "-" or _is_number(text) else _as_text(text)


def _as_text(text: str) -> str:
    shown = visible(text)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA) else shown


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def lines(rows: Iterable[Sequence[str]], *, safe: Callable[[str], str] = cell) -> str:
    """Return rows as CSV in which no cell is a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([safe(c) for c in row] for row in rows)
    return text.getvalue()


def read(path: Path) -> list[list[str]]:
    """Return the rows of a CSV that are not empty, each at least as long as the first.

    Raises `UsageError` if the file is not a CSV or has no row.
    """
    rows = [row for row in every_row(path) if row]
    if not rows:
        raise UsageError(f"{path} is empty; expected a first line with the names of columns.")
    # Spreadsheets and editors drop empty cells at the end of a row.
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def every_row(path: Path) -> list[list[str]]:
    """Return all rows of a CSV with commas or semicolons; raises `UsageError` if the file is not a CSV."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} is not a CSV in UTF-8: {error}.") from error


def points_cell(value: float) -> str:
    """Return points in a form that every tool reads: at most four decimals, no exponent, a decimal point."""
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")
