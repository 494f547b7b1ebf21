"""Submitted bytes as a tree: bounded in bytes, tokens and depth before anything walks it."""

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
"""Words, signs and line ends; Python's parser takes up to 1.6 KB for each."""
TOKENS_OF_ALL: Final = 500_000
"""The same of a whole submission."""
DEPTH: Final = 400
"""Levels of the tree. Python's own limits, which differ between versions, lie above 1800."""
_FIELD_STEPS: Final = 100_000_000
"""Replacement fields of an f-string times its length: Python 3.11 reads such a string once for each field."""
_TOKEN: Final = re.compile(rb"\w+|[^\w\s]|\n")
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
"""Encodings that are no one's alphabet; `punycode` takes a step for each two letters."""


class ExcessError(Exception):
    """A file exceeds a bound; the text goes on after the file's name, such as `is larger than 512 KB`."""


def tree(data: bytes) -> ast.Module:
    """Return the tree of one file.

    Raises `SyntaxError` for what is no Python, and `ExcessError` for what is too large or too deep.
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
            # Those of escapes such as `\d` are not for our terminal.
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
    """Yield a file as it is and as the encoding has it that its first two lines may declare.

    Raises `ExcessError` for an encoding that is not read.
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
            continue  # Python says what is wrong with it


def tokens(data: bytes, *, most: int = TOKENS) -> int:
    """Return how many words, signs and line ends a file has, those in comments and strings included.

    It counts up to one more than `most`.
    """
    return sum(1 for _ in islice(_TOKEN.finditer(data), most + 1))


def _formatted(data: bytes) -> list[tuple[int, int]]:
    """Return of each f-string how many fields it has at most, and how long it is."""
    if b"{" not in data:
        return []
    found = (m for m in _LITERAL.finditer(data) if m["formatted"])
    return [(m[0].count(b"{"), len(m[0])) for m in found]


def depth(top: ast.AST) -> int:
    """Return how many levels a tree has, without recursion."""
    levels, level = 0, [top]
    while level:
        levels += 1
        level = [child for node in level for child in children(node)]
    return levels


def children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes right below one, in their order, without signs such as `Load` and `Add`."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST) and value._fields:
            found.append(value)
    return found


def walked(top: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, parents first, in the order of the source."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def written(data: bytes, node: ast.AST, *, most: int) -> str:
    """Return an expression as it is written, empty if it takes more than one line or `most` characters."""
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0)
    # A character has at most four bytes; Python counts columns in those of UTF-8.
    if not first or first != last or not 0 < end - start <= 4 * most:
        return ""
    lines = re.split(rb"\r\n|\r|\n", data)
    text = lines[first - 1][start:end].decode("utf-8", "replace") if first <= len(lines) else ""
    return text if len(text) <= most else ""
