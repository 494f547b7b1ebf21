"""Values that cross the wire as they are, and what stands for those that do not."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

TEXT_CHARS = 64 * 1024
"""Longest text in the header; a longer one is a buffer."""


@dataclass(frozen=True)
class Opaque:
    """A value that does not cross the wire, such as a student's object; only the name of its type does."""

    type_name: str


@dataclass(frozen=True)
class Given:
    """A public helper of the lesson's `givens.py`; only its name crosses the wire."""

    name: str


@dataclass(frozen=True)
class Rng:
    """A generator that becomes `np.random.default_rng(seed)` on the other side."""

    seed: int


DICTS = (dict, Counter, OrderedDict, defaultdict)
"""Exact types that are sent as dictionaries."""
NO_KEY = object()


def as_key(value: Any) -> Any:
    """Return a key of a dictionary or an item of a set as it is sent, or `NO_KEY`.

    A scalar of NumPy becomes Python's number that equals it. An integer of more than 64 bits is none: many of
    these have the same hash, so that a dictionary of them would be slow.
    """
    kind = type(value)
    if value is None or is_plain(value):
        return value
    if kind is bytes and len(value) <= TEXT_CHARS:
        return value
    if kind is tuple:
        parts = [as_key(part) for part in value]
        return NO_KEY if any(part is NO_KEY for part in parts) else tuple(parts)
    if isinstance(value, np.generic) and kind.__module__ == "numpy" and value.dtype.kind in "biuf":
        return as_key(value.item())
    return NO_KEY


def is_plain(value: Any) -> bool:
    """Return whether msgpack can encode the value as it is."""
    kind = type(value)
    if kind is int:
        return not is_huge(value)
    return kind is bool or kind is float or (kind is str and len(value) <= TEXT_CHARS)


def text(value: str) -> str:
    """Return text that UTF-8 can encode: a lone surrogate such as "\\ud800" becomes a question mark."""
    # `str.encode`, not `value.encode`: a student's subclass may override the method.
    return str.encode(value, "utf-8", "replace").decode()


def is_huge(value: object) -> bool:
    """Return whether a value is an integer of more than 64 bits, which msgpack and NumPy's arrays lack."""
    return type(value) is int and not -(2**63) <= value < 2**63
