"""Plain values as text: one short line for people, one call for Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from textwrap import indent
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.digits import DIGITS, EXACT
from grader.digits import number as number
from grader.digits import pair as pair
from grader.digits import plural as plural
from grader.side_by_side import difference as difference
from grader.side_by_side import shapes as shapes
from grader.worker.wire import DESCRIBED, Given, Opaque, Rng

Array = NDArray[Any]

_LINE: Final = 96
_TEXT: Final = 60
_ITEMS: Final = 6
_WHOLE: Final = 64
"""Elements up to which a call spells an array out."""
_WRAP: Final = 80
_INDENT: Final = "    "
_DEFAULT: Final = ("bool", "int64", "float64", "complex128")


def value_text(value: object, digits: int = DIGITS) -> str:
    """Return any plain value in one short line, with its type where that matters."""
    text = _text(value, _ITEMS, digits)
    return text if len(text) <= _LINE else f"{text[: _LINE - 1]}…"


def value_texts(yours: object, expected: object) -> tuple[str, str]:
    """Return two values in a line each, with more digits where they look alike and are not."""
    for digits in range(DIGITS, EXACT + 1):
        texts = value_text(yours, digits), value_text(expected, digits)
        if texts[0] != texts[1]:
            return texts
    return value_text(yours), value_text(expected)


def _text(value: object, items: int, digits: int) -> str:
    match value:
        case None | Given() | Rng() | Opaque():
            return _named(value)
        case str():
            return (
                repr(value)
                if len(value) <= _TEXT
                else f"{value[:_TEXT]!r}… ({plural(len(value), 'character')})"
            )
        case np.ndarray() if value.ndim:
            return f"array of shape {value.shape}, {value.dtype.name}: {_nested(value, items, digits)}"
        case np.ndarray() | np.generic():
            usual = value.dtype.name in _DEFAULT
            text = number(value.item(), digits)
            return text if usual else f"{text} ({value.dtype.name})"
        case bool() | int() | float() | complex():
            return number(value, digits)
        case dict():
            pairs = (f"{k!r}: {_text(v, 3, digits)}" for k, v in value.items())
            return "{" + _joined(pairs, len(value), items) + "}"
        case list():
            return f"[{_joined((_text(v, 3, digits) for v in value), len(value), items)}]"
        case tuple():
            inner = _joined((_text(v, 3, digits) for v in value), len(value), items)
            return f"({inner},)" if len(value) == 1 else f"({inner})"
    return f"object of type {type(value).__name__}"


def _named(value: object) -> str:
    match value:
        case Given(name):
            return name
        case Rng(seed):
            return f"np.random.default_rng({seed})"
        case Opaque(name):
            return name if name.startswith(DESCRIBED) else f"object of type {name}"
    return "None"


def _joined(texts: Iterator[str], size: int, items: int) -> str:
    shown = list(islice(texts, items))
    return ", ".join(shown if size <= items else [*shown, f"… {size - items} more"])


def _nested(array: Array, items: int, digits: int) -> str:
    if array.ndim == 1:
        return f"[{_joined((number(v, digits) for v in array), len(array), items)}]"
    return f"[{_joined((_nested(part, items, digits) for part in array), len(array), 2)}]"


def call_text(function: str, args: tuple[object, ...], kwargs: Mapping[str, object]) -> str:
    """Return Python code that makes this call again; arrays too large to spell out become commented names."""
    code = _Code()
    parts = [code.literal(value) for value in args]
    parts += [f"{name}={code.literal(value)}" for name, value in kwargs.items()]
    line = f"{function}({', '.join(parts)})"
    if len(parts) > 1 and ("\n" in line or len(line) > _WRAP):
        inner = "".join(f"{part},\n" for part in parts)
        line = f"{function}(\n{indent(inner, _INDENT)})"
    return "\n".join([line, *code.notes])


def literal_text(value: object) -> str:
    """Return a value as a Python expression in full precision, or in words where there is none."""
    code = _Code()
    text = code.literal(value)
    return value_text(value) if code.notes else text


class _Code:
    """Values as Python expressions, and notes on those that have none."""

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
        return self._stand_in(_summary(array))

    def _stand_in(self, text: str) -> str:
        name = f"a{len(self.notes) + 1}"
        self.notes.append(f"# {name}: {text}")
        return name


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
        return str(value)
    if isinstance(value, (complex, np.complexfloating)):
        return f"complex({_element(value.real)}, {_element(value.imag)})"
    text = str(value)
    return text.replace("nan", "np.nan").replace("inf", "np.inf")
