"""The parts of a nested value and their places in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from grader.worker.wire import is_huge

_KEY: Final = 60
"""Longest key in a sentence, in characters."""
Path = tuple[Any, ...]
"""Keys of dictionaries and positions."""


def leaves(value: object, where: str = "") -> Iterator[tuple[str, object]]:
    """Yield the parts of a tuple, list or dictionary with their places as text; other values are one part."""
    for path, leaf in paths(value):
        yield where + place(value, path), leaf


def paths(value: object, at: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield the parts of a value with the keys and positions that lead to each."""
    if isinstance(value, (tuple, list)):
        for number, item in enumerate(value):
            yield from paths(item, (*at, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*at, key))
    else:
        yield at, value


def part(value: Any, path: Path) -> Any:
    """Return the part of `value` at `path`."""
    for step in path:
        value = value[step]
    return value


def place(value: Any, path: Path) -> str:
    """Return the place of a part as text, such as ` in item 1["W"]`; empty for the whole value."""
    words = ""
    for step in path:
        words = inside(words, value, step)
        value = value[step]
    return words


def inside(where: str, value: object, step: str | int) -> str:
    """Return `where` extended by one step: the first step in words, further ones in Python's notation."""
    if isinstance(value, dict):
        return f"{where}[{key_text(step)}]" if where else f" under {key_text(step)}"
    return f"{where}[{step}]" if where else f" in item {step}"


def key_text(key: object) -> str:
    """Return a dictionary's key as text, cut: a student's key may be very long. A text is quoted."""
    text = str(key)
    text = text if len(text) <= _KEY else f"{text[:_KEY]}…"
    return f'"{text}"' if isinstance(key, str) else text


def is_exact(value: object) -> bool:
    """Return whether a part is compared as a whole: text, bytes, a set, None or an integer beyond 64 bits."""
    return isinstance(value, (str, bytes, set, type(None))) or is_huge(value)
