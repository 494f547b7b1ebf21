"""Plain values as text: a short line for people, or Python code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from textwrap import indent
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.text.numbers import BITS, DIGITS, EXACT, number, plural
from grader.worker.wire import DESCRIBED, Given, Opaque, Rng

Array = NDArray[Any]

_LINE: Final = 96
_TEXT: Final = 60
_ITEMS: Final = 6
_WHOLE: Final = 99
"""Most elements of an array that a call spells out."""
_PARTS: Final = 200
_WRAP: Final = 80
_INDENT: Final = "    "
_DEFAULT: Final = ("bool", "int64", "float64", "complex128")


def value_text(value: object, digits: int = DIGITS) -> str:
    """Return a plain value in one short line, with its type if that is unusual."""
    text = _cut(_pieces(value, _ITEMS, digits), _LINE)
    return text if len(text) <= _LINE else f"{text[: _LINE - 1]}…"


def _cut(pieces: Iterator[str], most: int) -> str:
    """Join the pieces up to the one with which they exceed `most` characters.

    No piece is empty, so the work is bounded for any value, such as an array of 26 axes of length 2 with its
    67 million corners.
    """
    shown, left = [], most
    for piece in pieces:
        shown.append(piece)
        left -= len(piece)
        if left < 0:
            break
    return "".join(shown)


def value_texts(yours: object, expected: object) -> tuple[str, str]:
    """Return two values in one line each, with more digits if they differ but look alike."""
    for digits in range(DIGITS, EXACT + 1):
        texts = value_text(yours, digits), value_text(expected, digits)
        if texts[0] != texts[1]:
            return texts
    return value_text(yours), value_text(expected)


def _pieces(value: object, items: int, digits: int) -> Iterator[str]:
    match value:
        case str():
            yield _quoted(value)
        case np.ndarray() if value.ndim:
            yield f"array of shape {value.shape}, {value.dtype.name}: "
            yield from _nested(value, items, digits)
        case np.ndarray() | np.generic():
            usual = value.dtype.name in _DEFAULT
            text = number(value.item(), digits)
            yield text if usual else f"{text} ({value.dtype.name})"
        case bool() | int() | float() | complex():
            yield number(value, digits)
        case dict():
            yield "{"
            yield from _joined((_pair(k, v, digits) for k, v in value.items()), len(value), items)
            yield "}"
        case bytes():
            shown = repr(value[:_TEXT])
            yield shown if len(value) <= _TEXT else f"{shown}… ({plural(len(value), 'byte')})"
        case set():
            yield "{" if value else "set("
            yield from _joined((_pieces(v, 3, digits) for v in _sorted(value)), len(value), items)
            yield "}" if value else ")"
        case list():
            yield "["
            yield from _joined((_pieces(v, 3, digits) for v in value), len(value), items)
            yield "]"
        case tuple():
            yield "("
            yield from _joined((_pieces(v, 3, digits) for v in value), len(value), items)
            yield ",)" if len(value) == 1 else ")"
        case None | Given() | Rng() | Opaque():
            yield _named(value)
        case _:
            yield f"object of type {type(value).__name__}"


def _sorted(items: set[Any]) -> list[Any]:
    """Return the items of a set in an order that does not depend on their hashes."""
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=lambda item: (type(item).__name__, repr(item)))


def _quoted(text: str) -> str:
    return repr(text) if len(text) <= _TEXT else f"{text[:_TEXT]!r}… ({plural(len(text), 'character')})"


def _pair(key: object, value: object, digits: int) -> Iterator[str]:
    yield f"{_quoted(key) if isinstance(key, str) else repr(key)}: "
    yield from _pieces(value, 3, digits)


def _named(value: object) -> str:
    match value:
        case Given(name):
            return name
        case Rng(seed):
            return f"np.random.default_rng({seed})"
        case Opaque(name):
            return name if name.startswith(DESCRIBED) else f"object of type {name}"
    return "None"


def _joined(parts: Iterator[Iterable[str]], size: int, items: int) -> Iterator[str]:
    for place, part in enumerate(islice(parts, items)):
        if place:
            yield ", "
        yield from part
    if size > items:
        yield f", … {size - items} more"


def _nested(array: Array, items: int, digits: int) -> Iterator[str]:
    yield "["
    if array.ndim == 1:
        yield from _joined(((number(v, digits),) for v in array), len(array), items)
    else:
        yield from _joined((_nested(part, items, digits) for part in array), len(array), 2)
    yield "]"


def call_text(function: str, args: tuple[object, ...], kwargs: Mapping[str, object]) -> str:
    """Return Python code of a call; arrays that are too large to spell out become names with comments."""
    code = Code()
    parts = [code.literal(value) for value in args]
    parts += [f"{name}={code.literal(value)}" for name, value in kwargs.items()]
    line = f"{function}({', '.join(parts)})"
    if len(parts) > 1 and ("\n" in line or len(line) > _WRAP):
        inner = "".join(f"{part},\n" for part in parts)
        line = f"{function}(\n{indent(inner, _INDENT)})"
    return "\n".join([line, *code.notes])


def literal_text(value: object) -> str:
    """Return a value as a Python expression in full precision, or in words if that is long or impossible."""
    if _is_long(value):
        return value_text(value)
    code = Code()
    text = code.literal(value)
    return value_text(value) if code.notes else text


def code_text(value: object) -> str | None:
    """Return a value as a Python expression that gives it back; None if there is none, or a long one."""
    code = Code()
    text = code.literal(value)
    return None if code.notes else text


def _is_long(value: object) -> bool:
    """Return whether a value has more parts than fit into a line, or a long text."""
    waiting, left = [value], _PARTS
    while waiting:
        one = waiting.pop()
        inside = (
            [*one, *one.values()]
            if isinstance(one, dict)
            else one
            if isinstance(one, (list, tuple, set))
            else ()
        )
        left -= 1 + len(inside)
        if left < 0 or (isinstance(one, str) and len(one) > _TEXT):
            return True
        waiting += inside
    return False


class Code:
    """Converts values to Python expressions, and notes those that have none."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def literal(self, value: object) -> str:
        match value:
            case np.ndarray():
                return self._array(value)
            case np.generic():
                name = "bool_" if value.dtype.name == "bool" else value.dtype.name
                return f"np.{name}({_element(value)})"
            case bool() | int() | float() | complex():
                return _element(value)
            case None | Given() | Rng():
                return _named(value)
            case str():
                return repr(value)
            case dict():
                return "{" + ", ".join(f"{k!r}: {self.literal(v)}" for k, v in value.items()) + "}"
            case bytes():
                return repr(value)
            case set():
                inner = ", ".join(map(self.literal, _sorted(value)))
                return f"{{{inner}}}" if value else "set()"
            case list():
                return f"[{', '.join(map(self.literal, value))}]"
            case tuple():
                return f"({', '.join(map(self.literal, value))}{',' if len(value) == 1 else ''})"
        return self._stand_in(value_text(value))

    def _array(self, array: Array) -> str:
        dtype = "" if array.dtype.name in _DEFAULT else f", dtype=np.{array.dtype.name}"
        if not array.size:
            kind = dtype or ("" if array.dtype.name == "float64" else f", dtype={_plain(array)}")
            return f"np.zeros({array.shape}{kind})"
        if array.size <= _WHOLE:
            return _spelled(array, dtype)
        first = array.reshape(-1)[0]
        if bool((array == first).all()) or bool((array != array).all()):
            return f"np.full({array.shape}, {_element(first)}{dtype})"
        if _is_even(array):
            reshaped = f".reshape({array.shape})" if array.ndim > 1 else ""
            last = _element(array.reshape(-1)[-1])
            return f"np.linspace({_element(first)}, {last}, {array.size}){reshaped}"
        return self._stand_in(_summary(array))

    def _stand_in(self, text: str) -> str:
        name = f"a{len(self.notes) + 1}"
        self.notes.append(f"# {name}: {text}")
        return name


def _is_even(array: Array) -> bool:
    """Return whether `np.linspace` makes exactly these numbers."""
    flat = array.reshape(-1)
    if array.dtype.name != "float64" or not np.isfinite(flat).all():
        return False
    with np.errstate(over="ignore", invalid="ignore"):  # the largest numbers may be too far apart
        return bool((np.linspace(flat[0], flat[-1], flat.size) == flat).all())


def _plain(array: Array) -> str:
    return {"b": "bool", "i": "int", "c": "complex"}[array.dtype.kind]


def _summary(array: Array) -> str:
    text = f"{array.dtype.name} array of shape {array.shape}"
    if array.dtype.kind not in "iuf":
        return text
    finite = array[np.isfinite(array)]
    return f"{text}, values from {number(finite.min())} to {number(finite.max())}" if finite.size else text


def _spelled(array: Array, dtype: str) -> str:
    rows = _rows(array)
    line = f"np.array({rows}{dtype})"
    if array.ndim < 2 or len(line) <= _WRAP - len(_INDENT):
        return line
    inner = "".join(f"{_INDENT}{_rows(row)},\n" for row in array)
    return f"np.array([\n{inner}]{dtype})"


def _rows(array: Array) -> str:
    return _element(array[()]) if array.ndim == 0 else f"[{', '.join(map(_rows, array))}]"


def _element(value: Any) -> str:
    if isinstance(value, (bool, np.bool_, int, np.integer)):
        return hex(int(value)) if int(value).bit_length() > BITS else str(value)
    if isinstance(value, (complex, np.complexfloating)):
        return f"complex({_element(value.real)}, {_element(value.imag)})"
    text = str(value)
    return text.replace("nan", "np.nan").replace("inf", "np.inf")
