"""Convert plain values to JSON and back; floats are hexadecimal, so that no digit is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import UsageError
from grader.worker.wire import DTYPES, Given, Opaque, Rng, dtype_name, is_huge


def to_json(value: object) -> Any:
    """Return a value of the wire format as JSON data."""
    match value:
        case np.ndarray() | np.generic():
            return _numbers(value)
        case int() if is_huge(value):
            return {"int": hex(value)}  # JSON readers may take it for a float
        case None | bool() | str() | int():
            return value
        case bytes():
            return {"bytes": value.hex()}
        case set() | frozenset():
            return {"set": sorted((to_json(v) for v in value), key=repr)}
        case float() | complex():
            return {"number": _element(value), "dtype": type(value).__name__}
        case tuple() | list():
            return {type(value).__name__: [to_json(v) for v in value]}
        case dict():
            return {"dict": [[to_json(k), to_json(v)] for k, v in value.items()]}
        case Given(name):
            return {"given": name}
        case Rng(seed):
            return {"rng": seed}
        case Opaque(name):
            return {"opaque": name}
    raise UsageError(f"A value of type {type(value).__name__} cannot be recorded.")


def _numbers(value: Any) -> dict[str, Any]:
    name = dtype_name(value.dtype)
    if name is None:
        raise UsageError(f"An array of dtype {value.dtype} cannot be recorded.")
    kind = "array" if isinstance(value, np.ndarray) else "scalar"
    data = [_element(v) for v in np.ravel(value).tolist()]
    return {kind: data, "dtype": name, "shape": list(value.shape)}


def _element(value: Any) -> Any:
    if isinstance(value, complex):
        return [value.real.hex(), value.imag.hex()]
    if isinstance(value, np.longdouble):
        return str(value)  # it has no hexadecimal form, but its shortest decimal one is exact as well
    return value.hex() if isinstance(value, float) else value


def from_json(data: Any) -> object:
    """Return the value of `to_json`'s data; raises `UsageError` for other data."""
    try:
        return _decode(data)
    except (TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
        raise UsageError(f"A recorded value cannot be read: {error}.") from error


def _decode(data: Any) -> object:
    match data:
        case {"array": [*values], "dtype": str(dtype), "shape": [*shape]}:
            return _array(values, dtype).reshape(shape)
        case {"scalar": [value], "dtype": str(dtype)}:
            return _array([value], dtype)[0]
        case {"number": value, "dtype": str(dtype)}:
            return _number(value) if dtype == "complex" else float(_number(value).real)
        case {"tuple": [*values]}:
            return tuple(_decode(v) for v in values)
        case {"list": [*values]}:
            return [_decode(v) for v in values]
        case {"dict": [*pairs]}:
            return {_decode(key): _decode(value) for key, value in pairs}
        case {"set": [*values]}:
            return {_decode(v) for v in values}
        case {"bytes": str(digits)}:
            return bytes.fromhex(digits)
        case {"int": str(digits)}:
            return int(digits, 16)
        case {"given": str(name)}:
            return Given(name)
        case {"rng": int(seed)}:
            return Rng(seed)
        case {"opaque": str(name)}:
            return Opaque(name)
        case None | bool() | str() | int():
            return data
    raise ValueError("a form that is not known")


def _array(values: list[Any], dtype: str) -> Any:
    if dtype not in DTYPES:
        raise ValueError(f"dtype {dtype}")
    read = _reader(dtype)
    with np.errstate(over="raise"):
        return np.array([read(v) for v in values], dtype=dtype)


def _reader(dtype: str) -> Callable[[Any], Any]:
    if dtype == "longdouble":
        return np.longdouble
    return {"c": _number, "f": float.fromhex, "b": bool}.get(np.dtype(dtype).kind, int)


def _number(value: Any) -> complex:
    if isinstance(value, list):
        return complex(float.fromhex(value[0]), float.fromhex(value[1]))
    return complex(float.fromhex(value))
