"""Parse submitted bytes within bounds of bytes, tokens and depth."""

from __future__ import annotations

import ast
import codecs
import re
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Final

SOURCE_BYTES: Final = 512 * 1024
TOKENS: Final = 150_000
"""Words, signs and line ends of one file; Python's parser needs up to 1.6 KB of memory for each."""
TOKENS_OF_ALL: Final = 500_000
"""Words, signs and line ends of a whole submission."""
DEPTH: Final = 400
"""Levels of the tree. Python's own limits differ between versions and are above 1800."""
_FIELD_STEPS: Final = 100_000_000
"""Bound of an f-string's fields times its length: Python 3.11 reads the whole string once per field."""
_TOKEN: Final = re.compile(rb"\w+|[^\w\s]|\n")
# A comment or a string. Comments count, as a quote in one begins no string. The quantifiers are possessive,
# so that no input makes the search backtrack. A string may also end with the file or, in one line, with the
# line.
_LITERAL: Final = re.compile(
    rb"""
    \#[^\n]* |
    (?P<formatted>[fF][rR]?|[rR][fF])? (?:
        \"{3} [^"\\]*+ (?: (?: \\. | "(?!"") ) [^"\\]*+ )*+ (?: \"{3} | \Z | \\\Z ) |
        '{3}  [^'\\]*+ (?: (?: \\. | '(?!'') ) [^'\\]*+ )*+ (?: '{3}  | \Z | \\\Z ) |
        "     [^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ (?: "|(?=\n)|\Z|\\\Z ) |
        '     [^'\\\n]*+ (?: \\. [^'\\\n]*+ )*+ (?: '|(?=\n)|\Z|\\\Z )
    )
    """,
    re.VERBOSE | re.DOTALL,
)


_DECLARED: Final = re.compile(rb"coding[:=][ \t]*([-\w.]+)")
_ESCAPING: Final = ("idna", "punycode", "utf-7", "unicode-escape", "raw-unicode-escape")
"""Encodings that are not alphabets: some hide signs, and `punycode` takes quadratic time."""


class ExcessError(Exception):
    """A file exceeds a bound; the text follows the file's name, such as `is larger than 512 KB`."""


def tree(data: bytes) -> ast.Module:
    """Return the tree of one file.

    Raises `SyntaxError` if the file is not valid Python, and `ExcessError` if it is too large or too deep.
    """
    if len(data) > SOURCE_BYTES:
        raise ExcessError(f"is larger than {SOURCE_BYTES // 1024} KB")
    for text in _as_declared(data):
        if len(text) > TOKENS and tokens(text) > TOKENS:
            raise ExcessError(f"holds more than {TOKENS:,} words and signs")
        if sum(fields * length for fields, length in _formatted(text)) > _FIELD_STEPS:
            raise ExcessError("holds an f-string with too many fields")
    try:
        with warnings.catch_warnings():
            # Python warns of escapes such as `\d`; the warning would appear in the instructor's terminal.
            warnings.simplefilter("ignore")
            made = ast.parse(data)
    except (RecursionError, MemoryError) as error:
        raise ExcessError(f"nests too deeply; at most {DEPTH} levels are read") from error
    except ValueError as error:  # null bytes, in some versions of Python
        raise SyntaxError(str(error)) from error
    levels = depth(made)
    if levels > DEPTH:
        raise ExcessError(f"nests {levels:,} levels deep; at most {DEPTH} are read")
    return made


def _as_declared(data: bytes) -> Iterator[bytes]:
    """Yield a file as it is, and as UTF-8 text if its first two lines declare another encoding.

    `# coding: utf-16`, for example, turns one sequence of bytes into quite another text, which is bounded as
    well. Raises `ExcessError` for an encoding that is not read.
    """
    yield data
    head = b"\n".join(re.split(rb"\r\n|\r|\n", data, maxsplit=2)[:2])
    for name in dict.fromkeys(m[1].decode("ascii", "replace") for m in _DECLARED.finditer(head)):
        try:
            encoding = codecs.lookup(name).name.replace("_", "-")
            if encoding in _ESCAPING:
                raise ExcessError(f"is written in {encoding}; save it as UTF-8")
            if encoding != "utf-8":
                yield data.decode(encoding).encode("utf-8", "replace")
        except (LookupError, ValueError):
            continue  # `ast.parse` reports the error


def tokens(data: bytes, *, most: int = TOKENS) -> int:
    """Return the number of words, signs and line ends of a file, those in comments and strings included.

    The count stops at `most` + 1.
    """
    return sum(1 for _ in islice(_TOKEN.finditer(data), most + 1))


def _formatted(data: bytes) -> list[tuple[int, int]]:
    """Return for each f-string an upper bound of its number of fields, and its length in bytes."""
    if b"{" not in data:
        return []
    found = (m for m in _LITERAL.finditer(data) if m["formatted"])
    return [(m[0].count(b"{"), len(m[0])) for m in found]


def depth(top: ast.AST) -> int:
    """Return the number of levels of a tree; it does not recurse, as a tree may be too deep for that."""
    levels, level = 0, [top]
    while level:
        levels += 1
        level = [child for node in level for child in children(node)]
    return levels


def children(node: ast.AST) -> list[ast.AST]:
    """Return the direct children of a node in their order, without markers such as `Load` and `Add`."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST) and value._fields:
            found.append(value)
    return found


def walked(top: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all nodes below it, parents first, in the order of the source."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def written(data: bytes, node: ast.AST, *, most: int) -> str:
    """Return the source of an expression, empty if it has more than one line or `most` characters."""
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0)
    # Python counts columns in bytes of UTF-8, at most four for a character.
    if not first or first != last or not 0 < end - start <= 4 * most:
        return ""
    lines = re.split(rb"\r\n|\r|\n", data)
    text = lines[first - 1][start:end].decode("utf-8", "replace") if first <= len(lines) else ""
    return text if len(text) <= most else ""
