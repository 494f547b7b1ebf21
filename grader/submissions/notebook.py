"""Convert a Jupyter notebook to one Python source: its code cells in order, without magics.

The worker runs such a source statement by statement and continues after one that raises, like a person who
runs the cells by hand: a missing data file or a faulty cell must not hide the functions of other cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from grader.submissions.parsing import SOURCE_BYTES, ExcessError, tree

_COMMAND: Final = re.compile(r"[%!?]|[\w.]+\?{1,2}\s*$|[\w, ]+=\s*[%!]")
_PYTHON_CELL: Final = re.compile(r"%%(time|timeit|capture|prun)\b")
_EFFORT: Final = 4
"""How often a notebook's code is parsed at most. Each command in it may need one more parse."""
CELLS: Final = 5000
BROKEN: Final = 50
"""Most cells that Python cannot parse."""
_WRITTEN: Final = 6
"""Bytes of JSON for one byte of code at most: `\\u000a` is six."""


class _Cell(msgspec.Struct):
    cell_type: str
    source: msgspec.Raw = msgspec.Raw(b'""')

    @property
    def text(self) -> str:
        source = _source.decode(self.source)
        whole = source if isinstance(source, str) else "".join(source)
        return whole.replace("\r\n", "\n").replace("\r", "\n")


class _Language(msgspec.Struct):
    name: str = "python"


class _Metadata(msgspec.Struct):
    language_info: _Language


class _Notebook(msgspec.Struct):
    cells: list[_Cell]
    nbformat: int
    metadata: msgspec.Raw = msgspec.Raw(b"{}")

    @property
    def language(self) -> str:
        try:
            return _metadata.decode(self.metadata).language_info.name
        except msgspec.ValidationError:
            return "python"


# Outputs and metadata stay undecoded: a small file may hold millions of empty lists there.
_decoder = msgspec.json.Decoder(_Notebook)
_metadata = msgspec.json.Decoder(_Metadata)
_source = msgspec.json.Decoder(str | list[str])


@dataclass(frozen=True)
class Converted:
    """A converted notebook."""

    source: str = ""
    broken: dict[int, str] = field(default_factory=dict)
    """Cells that Python cannot parse, by number; they are kept apart so that the others can be used."""
    dropped: int = 0
    """Number of lines with notebook commands, which are left out."""
    fault: str = ""
    """Why the notebook cannot be used; empty if it can."""


def convert(data: bytes) -> Converted:
    """Return the code cells as one source; each begins with a comment with its number."""
    try:
        return _converted(_decoder.decode(data.removeprefix(b"\xef\xbb\xbf")))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Converted(fault="is not a notebook that can be read: it is damaged or not of format 4")


def _converted(notebook: _Notebook) -> Converted:
    if notebook.nbformat < 4:
        return Converted(fault="is a notebook of an old format: open it in Jupyter and save it again")
    if notebook.language.lower() not in ("python", "ipython", "python3"):
        return Converted(fault="is a notebook in another language than Python")
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if len(cells) > CELLS:
        return Converted(fault=f"holds more than {CELLS:,} code cells")
    large = Converted(fault=f"holds more than {SOURCE_BYTES // 1024} KB of code")
    if sum(len(memoryview(cell.source)) for cell in cells) > _WRITTEN * SOURCE_BYTES:
        return large
    code = [cell.text for cell in cells]
    size = sum(len(text.encode("utf-8", "replace")) for text in code)
    return large if size > SOURCE_BYTES else _join(code, _Reader(_EFFORT * size))


def _join(cells: list[str], reader: _Reader) -> Converted:
    parts: list[str] = []
    broken: dict[int, str] = {}
    dropped = 0
    for number, cell in enumerate(cells, 1):
        text, count, readable = reader.python(cell)
        dropped += count
        if readable:
            parts.append(f"# Code cell {number}\n{text}\n")
        else:
            broken[number] = text
    if len(broken) > BROKEN:
        return Converted(fault=f"holds more than {BROKEN} code cells that cannot be read as Python")
    return Converted("".join(parts), broken, dropped)


class _Reader:
    """Removes the commands from cells; the number of characters that it may parse bounds its work."""

    def __init__(self, chars: int) -> None:
        self._left = chars

    def python(self, cell: str) -> tuple[str, int, bool]:
        """Return a cell without notebook commands, their number of lines, and whether Python can parse it."""
        lines, count = cell.split("\n"), 0
        first = next((i for i, line in enumerate(lines) if line.strip()), 0)
        while lines[first].startswith("%%"):
            if not _PYTHON_CELL.match(lines[first]):
                return "\n" * (len(lines) - 1), count + len(lines) - first, True
            lines[first] = ""
            count += 1
            first = next((i for i in range(first, len(lines)) if lines[i].strip()), first)
        return self._without_commands(lines, count)

    def _without_commands(self, lines: list[str], count: int) -> tuple[str, int, bool]:
        """Replace commands by `pass`, one after the other where the parser reports an error.

        The line `% 2)` looks like a command, but continues `(7` in the line before. The parser reports no
        error there.
        """
        while self._left > 0:  # the parser reports only the first error, so each command needs a parse
            wrong = self._stumble(lines)
            if wrong is None:
                return "\n".join(lines), count, True
            if not (0 <= wrong < len(lines) and _is_command(lines[wrong])):
                break
            count += _drop(lines, wrong)
        # The parser stopped elsewhere, or the budget is spent: replace all lines that look like commands.
        for number, line in enumerate(lines):
            if _is_command(line):
                count += _drop(lines, number)
        return "\n".join(lines), count, self._stumble(lines) is None

    def _stumble(self, lines: list[str]) -> int | None:
        """Return the line, from 0, of the first syntax error; None if there is none, -1 if it is unknown."""
        text = "\n".join(lines)
        self._left -= len(text)
        try:
            tree(text.encode("utf-8", "surrogatepass"))
        except SyntaxError as error:
            return (error.lineno or 0) - 1
        except ExcessError:
            return -1
        return None


def _is_command(line: str) -> bool:
    return bool(_COMMAND.match(line.lstrip()))


def _drop(lines: list[str], number: int) -> int:
    """Replace a command and its continuation lines by `pass`; return the number of replaced lines."""
    last = number
    while lines[last].endswith("\\") and last + 1 < len(lines):
        last += 1
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    lines[number : last + 1] = [f"{indent}pass", *[""] * (last - number)]
    return last - number + 1


def cells(path: str, converted: Converted) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a converted notebook: its source, and each cell that Python cannot parse."""
    yield path, converted.source.encode("utf-8", "replace")
    for number, text in converted.broken.items():
        yield f"{path}/code cell {number}", text.encode("utf-8", "replace")
