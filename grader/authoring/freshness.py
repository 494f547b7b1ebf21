"""Decide whether recorded answers are those of the present reference; numbers are compared by tolerance.

The last bits of a result depend on the processor's instructions and on the order in which BLAS adds. A
recording that differs from a new one only in these bits is fresh, whatever machine made it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from grader.cases.nested import leaves
from grader.cases.value_json import from_json
from grader.errors import UsageError
from grader.numerics.differences import RELATIVE, Slope, scale
from grader.numerics.tolerance import unit_roundoff, wrong

_LAST_BITS: Final = 64
"""Allowed difference of recorded inputs, in roundoffs of the largest element: some inputs are computed."""
_OF_A_TOLERANCE: Final = 1e-3
"""Allowed relative difference of recorded tolerances, as conditions are computed."""
Numbers = NDArray[Any]
Same = Callable[[Any, Any], bool]


def is_fresh(present: bytes, made: bytes) -> bool:
    """Return whether the file `present` has the same recordings as `made`, which is new.

    Names, shapes, dtypes, integers and digests of sources must be equal. Of the floats,

    - expected answers agree within the tolerance for students' answers;
    - slopes agree within their estimated errors if both recordings trust them;
    - inputs agree except for their last bits, tolerances to a thousandth;
    - answers of known mistakes need only have the same form. A mistake may amplify a last bit without bound,
      such as a Newton step in the wrong direction; their numbers are covered by the digest of their source.

    Numbers are compared as values: `nan` equals `nan`, and -0.0 equals 0.0.
    """
    if present == made:
        return True
    try:
        return _same_file(msgspec.json.decode(present), msgspec.json.decode(made))
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError, UsageError):
        return False  # a damaged file


def _same_file(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return _same_entries(one, other, {"exercises": lambda a, b: _same_named(a, b, _same_exercise)})


def _same_exercise(one: dict[str, Any], other: dict[str, Any]) -> bool:
    parts: dict[str, Same] = {
        "cases": lambda a, b: _same_list(a, b, _same_case),
        "checks": lambda a, b: _same_named(a, b, _same_check),
        "curve": lambda a, b: _same_case(a, b) if a and b else bool(a == b),
        "mistakes": lambda a, b: bool(_form(a, numbers=False) == _form(b, numbers=False)),
    }
    return _same_entries(one, other, parts)


def _same_entries(one: dict[str, Any], other: dict[str, Any], parts: dict[str, Same]) -> bool:
    """Return whether all entries are equal; those in `parts` have comparisons of their own."""
    return one.keys() == other.keys() and all(
        parts[name](value, other[name]) if name in parts else bool(value == other[name])
        for name, value in one.items()
    )


def _same_named(one: dict[str, Any], other: dict[str, Any], same: Same) -> bool:
    return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())


def _same_list(one: Sequence[Any], other: Sequence[Any], same: Same) -> bool:
    return len(one) == len(other) and all(map(same, one, other))


def _same_case(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return _same_entries(
        one,
        other,
        {
            "args": _same_inputs,
            "kwargs": _same_inputs,
            "expected": lambda a, b: _same_expected(a, b, one["allowed"], other["allowed"]),
            "allowed": _same_tolerances,
        },
    )


def _same_inputs(one: Any, other: Any) -> bool:
    return _same_values(one, other, lambda _, values: _last_bits(values))


def _last_bits(values: Numbers) -> Numbers:
    sizes = np.abs(values[np.isfinite(values)])
    return np.asarray(_LAST_BITS * unit_roundoff(values) * np.max(sizes, initial=0.0))


def _same_tolerances(one: Any, other: Any) -> bool:
    return _same_values(one, other, lambda _, values: _OF_A_TOLERANCE * np.abs(values))


def _same_expected(one: Any, other: Any, *allowed: Any) -> bool:
    limits = [_arrays(tolerance) for tolerance in allowed]
    return _same_values(one, other, lambda part, _: np.fmax(*(limit[part] for limit in limits)))


def _same_values(one: Any, other: Any, allowed: Callable[[int, Numbers], Numbers]) -> bool:
    """Return whether two values have the same form, and floats that differ by at most `allowed` of a part."""
    return bool(_form(one) == _form(other)) and all(
        not wrong(a, b, allowed(part, b)).any()
        for part, (a, b) in enumerate(zip(_arrays(one), _arrays(other), strict=True))
        if b.dtype.kind in "fc"
    )


def _arrays(data: Any) -> list[Numbers]:
    return [np.asarray(leaf) for _, leaf in leaves(from_json(data))]


def _same_check(one: dict[str, Any], other: dict[str, Any]) -> bool:
    facts = {"facts": lambda a, b: _same_named(a, b, lambda c, d: _same_list(c, d, _same_slope))}
    return _same_entries(one, other, facts)


def _same_slope(one: dict[str, Any], other: dict[str, Any]) -> bool:
    def in_form(data: dict[str, Any]) -> Any:
        return {
            **data,
            "trusted": _form(data["trusted"], numbers=False),
            **{n: _form(data[n]) for n in floats},
        }

    floats = ("value", "error", "spread")
    return bool(in_form(one) == in_form(other)) and _agree(_slope(one), _slope(other))


def _slope(data: dict[str, Any]) -> Slope:
    value, error, trusted, spread = (
        np.asarray(from_json(data[name])) for name in ("value", "error", "trusted", "spread")
    )
    return Slope(value, error, trusted, spread)


def _agree(one: Slope, other: Slope) -> bool:
    """Return whether slopes agree where both are trusted; next to a kink, rounding decides on trust."""
    with np.errstate(all="ignore"):
        limit = 4 * (one.error + other.error) + RELATIVE * scale(other)
        apart = [np.abs(np.subtract(a, b)) for a, b in ((one.value, other.value), (one.spread, other.spread))]
        near = (apart[0] <= limit) & (apart[1] <= limit)
    return bool((near | ~(one.trusted & other.trusted)).all())


def _form(data: Any, *, numbers: bool = True) -> Any:
    """Return recorded values without the digits of floats, or without any numbers if `numbers` is False."""
    match data:
        case {"dtype": str(dtype)}:
            if numbers and np.dtype(dtype).kind in "iub":
                return data
            return {n: len(p) if n in ("array", "scalar") else p for n, p in data.items() if n != "number"}
        case dict():
            return {name: _form(part, numbers=numbers) for name, part in data.items()}
        case list():
            return [_form(part, numbers=numbers) for part in data]
        case bool() | int() if not numbers:
            return type(data).__name__
        case bool():
            return (bool, data)  # True == 1 in Python, but a recorded type must not change
    return data
