"""Compare an answer with the expected one: type and shape first, then values within tolerance."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.cases.nested import inside, is_exact, key_text, part, paths, place
from grader.cases.tolerances import EQUAL, Tolerances
from grader.numerics.tolerance import wrong
from grader.text.numbers import plural
from grader.text.values import value_text
from grader.worker import wire
from grader.worker.wire import Opaque, is_huge

Array = NDArray[Any]
_PLAIN = (bool, int, float, complex, np.generic)
_KEYS = 12
"""Most keys that a sentence lists."""


@dataclass(frozen=True)
class Mismatch:
    """The first difference between an answer and the expected one."""

    message: str
    kind: str
    """`type`, `shape` or `value`."""
    where: str = ""
    """The place among several return values: ` in item 1`, ` under "W"`, ` in item 1[0]`."""
    got: object = None
    expected: object = None
    wrong: NDArray[np.bool_] | None = None
    allowed: Array | None = None


def unlike(got: object, expected: object, where: str = "") -> Mismatch | None:
    """Return the mismatch of types or shapes, or None if they fit.

    NumPy scalars count as Python scalars and as 0-d arrays.
    """
    if isinstance(expected, (tuple, list, dict)):
        return _unlike_container(got, expected, where)
    if is_huge(expected) or is_huge(got):
        fits = _is_whole(got) and _is_whole(expected)
    elif is_exact(expected):
        fits = type(got) is type(expected)
    elif isinstance(expected, np.ndarray) and expected.ndim:
        fits = isinstance(got, np.ndarray)
    else:
        fits = isinstance(got, _PLAIN) or (isinstance(got, np.ndarray) and got.ndim == 0)
    if not fits:
        return _type_mismatch(got, expected, where)
    if is_exact(expected) or is_huge(got):
        return None
    return _unlike_numbers(np.asarray(got), np.asarray(expected), got, expected, where)


def _is_whole(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _unlike_numbers(
    got: Array, expected: Array, raw_got: object, raw_expected: object, where: str
) -> Mismatch | None:
    if got.shape != expected.shape:
        message = f"Your output has shape {got.shape}{where}; expected {expected.shape}."
        return Mismatch(message, "shape", where, got, expected)
    if got.dtype.kind == "c" and expected.dtype.kind != "c":
        return Mismatch(f"You returned complex numbers{where}; expected real ones.", "type", where)
    exact = type(raw_expected) in (int, bool) or isinstance(raw_expected, (np.integer, np.bool_))
    if exact and (got.dtype.kind == "b") != (expected.dtype.kind == "b"):
        return _type_mismatch(raw_got, raw_expected, where)
    if exact and got.dtype.kind not in "iub":
        return _type_mismatch(raw_got, raw_expected, where)
    return None


def _unlike_container(got: Any, expected: Any, where: str) -> Mismatch | None:
    if type(got) is not type(expected):
        return _type_mismatch(got, expected, where)
    if isinstance(expected, dict) and isinstance(got, dict) and set(got) != set(expected):
        return Mismatch(_keys(got, expected, where), "type", where)
    if len(got) != len(expected):
        message = f"You returned {plural(len(got), 'value')}{where}; expected {len(expected)}."
        return Mismatch(message, "type", where)
    for key in expected if isinstance(expected, dict) else range(len(expected)):
        found = unlike(got[key], expected[key], inside(where, expected, key))
        if found:
            return found
    return None


def _keys(got: dict[Any, Any], expected: dict[Any, Any], where: str) -> str:
    missing = _listed([k for k in expected if k not in got])
    extra = _listed([k for k in got if k not in expected])
    parts = [f"lacks {missing}"] if missing else []
    parts += [f"has {extra} in addition"] if extra else []
    return f"Your dictionary{where} {' and '.join(parts)}."


def _listed(keys: list[Any]) -> str:
    more = [f"{len(keys) - _KEYS} more"] if len(keys) > _KEYS else []
    return ", ".join([*(key_text(k) for k in keys[:_KEYS]), *more])


def differ(
    got: object, expected: object, allowed: Tolerances = EQUAL, items: Collection[int] = ()
) -> Mismatch | None:
    """Return the first part whose values differ by more than `allowed`; `unlike` must have returned None.

    Args:
        items: positions in a tuple to compare; by default all.
    """
    for path, other in paths(expected):
        if items and path[0] not in items:
            continue
        # By path, because two equal dictionaries may have their keys in different orders.
        one, where = part(got, path), place(expected, path)
        if is_exact(other) or is_huge(one):
            if one != other:
                return Mismatch(_unequal(one, other, where), "value", where)
            continue
        left, right = np.asarray(one), np.asarray(other)
        limit = allowed.at(path)
        mask = wrong(left, right, limit)
        if mask.any():
            return Mismatch("", "value", where, left, right, mask, limit)
    return None


def _unequal(got: Any, expected: Any, where: str) -> str:
    """Return a sentence on two parts that are compared as a whole."""
    if not isinstance(expected, set):
        return f"You returned {value_text(got)}{where}; expected {value_text(expected)}."
    missing, extra = (_listed(sorted(part, key=repr)) for part in (expected - got, got - expected))
    parts = [f"lacks {missing}"] if missing else []
    parts += [f"has {extra} in addition"] if extra else []
    return f"Your set{where} {' and '.join(parts)}."


def _type_mismatch(got: object, expected: object, where: str) -> Mismatch:
    if got is None and not where:
        message = "Your function returned None. A return statement may be missing."
    else:
        is_large = isinstance(got, Opaque) and got.type_name.endswith((wire.TOO_LARGE, wire.TOO_DEEP))
        wanted = _sized(expected) if is_large else describe(expected)
        message = f"You returned {describe(got)}{where}; expected {wanted}."
    return Mismatch(message, "type", where, got, expected)


def _sized(value: object) -> str:
    """Return the type of an expected value and its size."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"a NumPy array of shape {value.shape} with {wire.size(value.nbytes)}"
    if isinstance(value, (tuple, list, dict)):
        return f"{describe(value)} of {plural(len(value), 'part')}"
    return describe(value)


def describe(value: object) -> str:
    """Return the type of a plain value in a beginner's words, with an article."""
    if isinstance(value, Opaque):
        name = value.type_name
        if not name.startswith(wire.DESCRIBED):
            return f"an object of type {name}"
        return f"an {name}" if name[0] in "ai" else f"a {name}"
    if isinstance(value, np.ndarray):
        return "a NumPy array" if value.ndim else "a number"
    if value is None:
        return "None"
    if is_huge(value):
        return "an int of more than 64 bits"
    if isinstance(value, (bool, np.bool_)):
        return "a bool"
    if isinstance(value, (int, np.integer)):
        return "an int"
    if isinstance(value, (float, np.floating)):
        return "a float"
    if isinstance(value, (complex, np.complexfloating)):
        return "a complex number"
    name = type(value).__name__
    names = {"str": "a string", "tuple": "a tuple", "list": "a list", "dict": "a dictionary"}
    names |= {"set": "a set", "bytes": "bytes"}
    return names.get(name, f"an object of type {name}")
