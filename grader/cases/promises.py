"""What a stub's text promises of each argument: no exercise asks what its text never said.

A promise stands in the argument's own entry under `Args:`, or in a sentence before it that names the argument
in backticks or speaks of all arguments. With one parameter the whole text speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from grader.cases.case import Case
from grader.cases.nested import leaves

PROBES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "integers": r"integers?( and float32)? too|may (also )?be integers|integers may|or integers",
        "float32": r"float32",
        "empty": r"may be empty|empty too|no rows",
    }
)
"""Arrays that are drawn only for arguments whose text has one of these words."""
_HUGE: Final = 500
"""Absolute value from which a number counts as huge."""
_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "integer": r"\bintegers?\b|whole number|label|\bcounts?\b|uint8|0 or 1|0 and 1|any dtype",
        "float32": PROBES["float32"] + r"|any dtype",
        "nan": r"\bnan\b",
        "infinite": r"\binf|infinit",
        "huge": r"huge|large|\b1000\b|1e\d",
    }
)
_EMPTY: Final = PROBES["empty"] + r"|may be 0|\bempty\b"
_ENTRY: Final = re.compile(r"\s*((?:\*{0,2}\w+, )*\*{0,2}\w+):(?:\s|$)")
_OF_ALL: Final = re.compile(r"\b(arguments|arrays|all of them|each of them)\b")
_MUTATION: Final = re.compile(
    r"(stays?|leaves?|left|remain|keep)\b[^.]*\bunchanged|not (be )?change|never change", re.IGNORECASE
)
_SECTION: Final = re.compile(r"\s*(Args|Returns|Raises|Yields|Notes?|Examples?):\s*$|\s*>>> ")
_BY_HAND: Final = re.compile(
    r"by hand|yourself|of your own|from its definition|without (the |any )?(help|ready|NumPy)", re.IGNORECASE
)


@dataclass(frozen=True)
class Text:
    """A stub's docstring, taken apart into what it says of each argument."""

    whole: str
    parameters: Sequence[str]

    def of(self, name: str) -> str:
        """Return all that is said of one argument."""
        if len(self.parameters) == 1:
            return self.whole
        about = [s for s in self._sentences() if f"`{name}`" in s or _OF_ALL.search(s)]
        return " ".join([self._entries().get(name, ""), *about])

    def _sentences(self) -> Iterator[str]:
        before = re.split(r"^\s*(?:Args|Returns|Raises):", self.whole, maxsplit=1, flags=re.MULTILINE)[0]
        yield from re.split(r"(?<=[.;])\s+", before)

    def _entries(self) -> dict[str, str]:
        """Return the entries under `Args:` by name; deeper lines belong to the entry before them."""
        found: dict[str, str] = {}
        section = re.search(r"^( *)Args:\n((?:\1 +.*\n?|\s*\n)*)", self.whole, flags=re.MULTILINE)
        lines = section[2].split("\n") if section else []
        depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        names: list[str] = []
        for line in lines:
            entry = _ENTRY.match(line) if line.strip() and len(line) - len(line.lstrip()) == depth else None
            names = [n.strip("* ") for n in entry[1].split(",")] if entry else names
            for name in names:
                found[name] = f"{found.get(name, '')} {line.strip()}"
        return found


def probes(text: Text) -> list[frozenset[str]]:
    """Return, for each parameter in order, the probes that its text promises to bear."""
    return [
        frozenset(probe for probe, words in PROBES.items() if _says(text.of(name), words))
        for name in text.parameters
    ]


def unsaid(text: Text, case: Case) -> str:
    """Return the first thing that a case asks of an argument and the text does not speak of, else nothing.

    Returns:
        Words such as `integer values of W`, to stand after "speak of".
    """
    for name, value in [*zip(text.parameters, case.args, strict=False), *case.kwargs.items()]:
        said = text.of(name)
        for word in _properties(value):
            if not _says(said, _SAID[word]):
                return f"{word} values of {name}"
        # An empty dimension is often one that arguments share: one of them tells it for all.
        if _is_empty(value) and not _says(text.whole, _EMPTY):
            return f"empty values of {name}"
    return ""


def says_unchanged(text: str) -> bool:
    """Return whether a text asks that arguments stay as they are."""
    return bool(_MUTATION.search(" ".join(text.split())))


def with_unchanged(text: str, names: Sequence[str], *, indent: str = "") -> str:
    """Return a docstring that asks to leave the arguments alone, in a paragraph before its sections.

    Args:
        text: a docstring, indented or not.
        names: of the parameters.
        indent: what stands before its lines, for a docstring that has one line.

    >>> print(with_unchanged("Return the rows of `X`, sorted.\\n\\nArgs:\\n    X: a matrix.", ["X"]))
    Return the rows of `X`, sorted.
    <BLANKLINE>
    Leave `X` unchanged.
    <BLANKLINE>
    Args:
        X: a matrix.
    """
    if says_unchanged(text):
        return text
    single = len(names) == 1
    asked = f"Leave `{names[0]}` unchanged." if single else "Leave the arguments unchanged."
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and _SECTION.match(line):
            before = line[: len(line) - len(line.lstrip())]
            return "\n".join([*lines[:number], f"{before}{asked}", "", *lines[number:]])
    return f"{text.rstrip()}\n\n{indent}{asked}\n{indent}"


def says_without(text: str, names: Sequence[str]) -> bool:
    """Return whether a text forbids functions: by the name of each, or by such words as "by hand"."""
    plain = " ".join(text.split())
    return bool(_BY_HAND.search(plain)) or all(f".{name.rpartition('.')[2]}" in plain for name in names)


def says_earns_nothing(text: str) -> bool:
    """Return whether a text says that a forbidden function earns nothing at all, not just one check less."""
    return _says(" ".join(text.split()), r"\bearns? (you )?(nothing|no points)\b")


def says_no_loops(text: str) -> bool:
    """Return whether a text speaks of loops at all."""
    return _says(text, r"\bloops?\b")


def _says(text: str, words: str) -> bool:
    return re.search(words, text, re.IGNORECASE) is not None


def _arrays(value: object) -> list[np.ndarray[Any, Any]]:
    return [leaf for _, leaf in leaves(value) if isinstance(leaf, np.ndarray)]


def _is_empty(value: object) -> bool:
    return any(not array.size for array in _arrays(value))


def _properties(value: object) -> list[str]:
    arrays = _arrays(value)
    floats: list[Any] = [a for a in arrays if a.dtype.kind == "f"]
    present = {
        "integer": any(a.dtype.kind in "iu" for a in arrays),
        "float32": any(a.dtype == np.float32 for a in floats),
        "nan": any(np.isnan(a).any() for a in floats),
        "infinite": any(np.isinf(a).any() for a in floats),
        "huge": any((np.abs(a[np.isfinite(a)]) > _HUGE).any() for a in floats),
    }
    return [name for name, found in present.items() if found]
