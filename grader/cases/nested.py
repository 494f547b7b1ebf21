"""The parts of a nested value and their places in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_KEY: Final = 60
"""Longest key in a sentence, in characters."""
Path = tuple[str | int, ...]


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
        key = key_text(step)
        return f'{where}["{key}"]' if where else f' under "{key}"'
    return f"{where}[{step}]" if where else f" in item {step}"


def key_text(key: object) -> str:
    """Return a dictionary's key as text, cut: a student's key may be very long."""
    text = str(key)
    return text if len(text) <= _KEY else f"{text[:_KEY]}…"
