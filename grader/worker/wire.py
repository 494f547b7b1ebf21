"""The wire format: a msgspec header of plain data, then raw array buffers; never a pickle.

Both sides use this module. What the trusted side decodes came from a process that a student may control, so
`decode` accepts only the types below, within limits, and raises nothing but `ProtocolError`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from grader.errors import ProtocolError
from grader.worker.budget import NODE_BYTES as NODE_BYTES
from grader.worker.budget import NODES as NODES
from grader.worker.budget import Budget
from grader.worker.budget import TooLargeError as TooLargeError
from grader.worker.budget import size as size
from grader.worker.canonical_bits import usual, usual_float
from grader.worker.plain import DICTS, NO_KEY, as_key, is_plain
from grader.worker.plain import TEXT_CHARS as TEXT_CHARS
from grader.worker.plain import Given as Given
from grader.worker.plain import Opaque as Opaque
from grader.worker.plain import Rng as Rng
from grader.worker.plain import is_huge as is_huge
from grader.worker.plain import text as text

HEADER_BYTES = 256 * 1024
ANSWER_BYTES = 64 * 1024 * 1024
DIMENSIONS = 8
"""Most dimensions of one array: code that shows or compares one may take 2 ** dimensions steps."""
SIDE = 2**31
"""Upper bound of each side of an array, and of the product of its sides other than 0."""
TOO_LARGE = "too much to be compared"
TOO_DEEP = f"more than the {DIMENSIONS} that are compared"
DESCRIBED = ("value ", "array of", "scalar of", "dict ", "list ", "tuple ", "set ")
"""Beginnings of the names that describe a value beyond its type."""
_INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
_INEXACT = ("float16", "float32", "float64", "longdouble", "complex64", "complex128")
DTYPES = frozenset(("bool", *_INTEGERS, *_INEXACT))


class _Header(msgspec.Struct, array_like=True):
    value: Any
    sizes: list[int]


_header_decoder = msgspec.msgpack.Decoder(_Header)
_header_encoder = msgspec.msgpack.Encoder()


def encode(value: object, *, most: int = ANSWER_BYTES) -> tuple[bytes, list[bytes]]:
    """Return header and buffers of a value; a value of more than `most` bytes becomes `Opaque`."""
    try:
        return encode_whole(value, most=most)
    except TooLargeError as error:
        return _header_encoder.encode(_Header(["o", _excess(value, error).type_name], [])), []


def within(value: object, most: int) -> object:
    """Return the value if it has at most `most` bytes, else an `Opaque` that says what is too large."""
    try:
        encode_whole(value, most=most)
    except TooLargeError as error:
        return _excess(value, error)
    return value


def measured(value: Any) -> int:
    """Return the number of bytes that `Budget` counts for a value of the wire format."""
    kind = type(value)
    if kind in (list, tuple, set, frozenset):
        return NODE_BYTES + sum(map(measured, value))
    if kind is dict:
        return NODE_BYTES + sum(measured(k) + measured(v) for k, v in value.items())
    if kind is np.ndarray or isinstance(value, np.generic):
        return NODE_BYTES + int(value.nbytes)
    if kind is int:
        return NODE_BYTES + (value.bit_length() // 8 if not is_plain(value) else 0)
    return NODE_BYTES + (len(value) if kind in (str, bytes) else 0)


def encode_whole(value: object, *, most: int = ANSWER_BYTES) -> tuple[bytes, list[bytes]]:
    """Return header and buffers; raises `TooLargeError` for a value beyond the limits."""
    encoder = _Encoder(most)
    tree = encoder.node(value, 0)
    header = _header_encoder.encode(_Header(tree, [len(b) for b in encoder.buffers]))
    if len(header) > HEADER_BYTES:
        raise TooLargeError(f"with more than {size(HEADER_BYTES)} beside arrays")
    return header, encoder.buffers


def _is_possible(shape: Sequence[int]) -> bool:
    """Return whether an array without elements may have this shape: its other sides are bounded, too."""
    return math.prod([n or 1 for n in shape]) < SIDE


class _Encoder:
    def __init__(self, most: int) -> None:
        self.buffers: list[bytes] = []
        self.budget = Budget(most)

    def node(self, value: Any, depth: int) -> list[Any]:
        self.budget.enter(depth)
        # A student's subclass may override any method, so none of its methods is called: exact types only,
        # and the items of a named tuple by tuple's own iterator.
        kind = type(value)
        if value is None:
            return ["z"]
        if is_plain(value):
            self.budget.spend(len(value) if kind is str else 0)
            return ["p", text(value) if kind is str else value]
        if kind is str or kind is bytes or kind is int:
            return self._bytes(value, kind)
        if kind is complex:
            return ["c", value.real, value.imag]
        # By identity, here and below: a student's metaclass may define `==`.
        if any(base is tuple for base in type.__getattribute__(kind, "__mro__")):
            return ["t", [self.node(item, depth + 1) for item in tuple.__iter__(value)]]
        if kind is np.ndarray or (isinstance(value, np.generic) and kind.__module__ == "numpy"):
            return self._array(value, "a" if kind is np.ndarray else "n")
        if kind is list:
            return ["l", [self.node(item, depth + 1) for item in value]]
        if any(kind is one for one in DICTS):
            # Not by the value's own methods: those of a `defaultdict` may call a student's function.
            pairs = [(as_key(key), item) for key, item in dict.items(value)]
            if any(key is NO_KEY for key, _ in pairs):
                return ["o", "dict with keys that are not plain"]
            return ["d", [[self.node(k, depth + 1), self.node(v, depth + 1)] for k, v in pairs]]
        if kind is set or kind is frozenset:
            items = [as_key(item) for item in value]
            if any(item is NO_KEY for item in items):
                return ["o", "set with items that are not plain"]
            return ["s", [self.node(item, depth + 1) for item in items]]
        if kind is Given:
            return ["g", value.name]
        if kind is Rng:
            return ["r", value.seed]
        return ["o", text(value.type_name if kind is Opaque else _type_name(kind))]

    def _bytes(self, value: Any, kind: type) -> list[Any]:
        """Return the node of bytes, or of a text or integer that is too large for the header."""
        if kind is int:
            self.budget.spend(value.bit_length() // 8 + 1)
            raw, tag = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True), "i"
        else:
            self.budget.spend(len(value))
            raw, tag = (str.encode(value, "utf-8", "replace"), "x") if kind is str else (value, "b")
        self.buffers.append(raw)
        return [tag]

    def _array(self, value: Any, tag: str) -> list[Any]:
        name = dtype_name(value.dtype)
        if name is None:
            return ["o", f"{'array' if tag == 'a' else 'scalar'} of dtype {str(value.dtype)[:60]}"]
        if value.ndim > DIMENSIONS:
            return ["o", f"array of {value.ndim} dimensions, {TOO_DEEP}"]
        if not value.size and not _is_possible(value.shape):
            return ["o", f"{_array_text(value)}, {TOO_LARGE}"]
        # Before the copy: np.broadcast_to(0.0, (10**5, 10**5)) needs 8 bytes, but its copy 80 GB.
        self.budget.spend(value.nbytes)
        self.buffers.append(value.tobytes())
        return [tag, name, list(value.shape)]


def dtype_name(dtype: np.dtype[Any]) -> str | None:
    """Return the name in `DTYPES` for values of `dtype`, or None if they do not cross the wire."""
    if dtype == np.dtype(np.longdouble) and dtype != np.dtype(np.float64):
        return "longdouble"
    return dtype.name if dtype.name in DTYPES and dtype.isnative else None


def _excess(value: object, error: TooLargeError) -> Opaque:
    """Return the stand-in for a value beyond the limits, which names the value and what is too large."""
    kind = type(value)
    if kind is np.ndarray:
        return Opaque(f"{_array_text(value)}, {TOO_LARGE}")
    return Opaque(f"{kind.__name__ if kind in (list, tuple, dict) else 'value'} {error}, {TOO_LARGE}")


def _array_text(array: Any) -> str:
    return f"array of shape {str(array.shape)[:100]} with {size(array.nbytes)}"


def _type_name(kind: type) -> str:
    module, name = type.__getattribute__(kind, "__module__"), type.__getattribute__(kind, "__name__")
    return f"{module}.{name}"[:200] if type(module) is str and module != "builtins" else str(name)[:200]


def decode(header: bytes, body: bytes, *, most: int = ANSWER_BYTES) -> object:
    """Return the value of one message; raises `ProtocolError` for invalid bytes or more than `most` bytes."""
    if len(header) > HEADER_BYTES:
        raise ProtocolError(f"a header of {len(header)} bytes, more than {HEADER_BYTES}")
    try:
        parsed = _header_decoder.decode(header)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise ProtocolError("a header that is not msgpack of the expected form") from error
    if any(size < 0 for size in parsed.sizes) or sum(parsed.sizes) != len(body):
        raise ProtocolError("buffers that do not fit their sizes")
    decoder = _Decoder(parsed.sizes, body, most)
    try:
        value = decoder.node(parsed.value, 0)
    except TooLargeError as error:
        raise ProtocolError(f"a value {error}") from error
    if decoder.taken != len(parsed.sizes):
        raise ProtocolError("buffers that no array uses")
    return value


class _Decoder:
    def __init__(self, sizes: list[int], body: bytes, most: int) -> None:
        self.sizes, self.body, self.budget = sizes, body, Budget(most)
        self.taken = self.offset = 0

    def node(self, tree: Any, depth: int) -> object:
        self.budget.enter(depth)
        match tree:
            case ["z"]:
                return None
            case ["p", bool() | int() as plain]:
                return plain
            case ["p", float() as real]:
                return usual_float(real)
            case ["p", str() as words] if len(words) <= TEXT_CHARS:
                self.budget.spend(len(words))
                return words
            case ["c", float() as real, float() as imag]:
                return complex(usual_float(real), usual_float(imag))
            case ["a" | "n" as tag, str() as name, [*shape]]:
                return self._array(tag, name, shape)
            case ["t", [*items]]:
                return tuple(self.node(item, depth + 1) for item in items)
            case ["l", [*items]]:
                return [self.node(item, depth + 1) for item in items]
            case ["s", [*items]]:
                return {self._key(item, depth + 1) for item in items}
            case ["x" | "b" | "i" as tag]:
                return self._bytes(tag)
            case ["d", [*pairs]]:
                return dict(self._pair(pair, depth + 1) for pair in pairs)
            case ["g", str() as name]:
                return Given(name)
            case ["r", int() as seed]:
                return Rng(seed)
            case ["o", str() as name]:
                return Opaque(name[:200])
        raise ProtocolError("a node of unknown form")

    def _pair(self, pair: Any, depth: int) -> tuple[object, object]:
        if not (type(pair) is list and len(pair) == 2):
            raise ProtocolError("a dictionary entry that is not a pair")
        return self._key(pair[0], depth), self.node(pair[1], depth)

    def _key(self, tree: Any, depth: int) -> object:
        found = self.node(tree, depth)
        if as_key(found) is NO_KEY:
            raise ProtocolError("a key that is not plain")
        return found

    def _bytes(self, tag: str) -> object:
        raw = self._buffer()
        if tag == "b":
            return raw
        if tag == "i":
            return int.from_bytes(raw, "little", signed=True)
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise ProtocolError("a text that is not UTF-8") from error

    def _buffer(self) -> bytes:
        if self.taken >= len(self.sizes):
            raise ProtocolError("a value without a buffer")
        raw = self.body[self.offset : self.offset + self.sizes[self.taken]]
        self.budget.spend(len(raw))
        self.offset += self.sizes[self.taken]
        self.taken += 1
        return raw

    def _array(self, tag: str, name: str, shape: list[Any]) -> object:
        is_plain = len(shape) <= DIMENSIONS and all(type(n) is int and 0 <= n < SIDE for n in shape)
        if name not in DTYPES or not is_plain:
            raise ProtocolError("an array of a dtype or shape that is not allowed")
        dtype, count = np.dtype(name), math.prod(shape)
        if self.taken >= len(self.sizes) or count * dtype.itemsize != self.sizes[self.taken]:
            raise ProtocolError("an array that does not fit its buffer")
        if not count and not _is_possible(shape):
            raise ProtocolError("an array of a shape that cannot be")
        raw = self._buffer()
        array = usual(np.frombuffer(raw, dtype=dtype)).reshape(shape)
        return array if tag == "a" else array.reshape(())[()] if not shape else _no_scalar()


def _no_scalar() -> object:
    raise ProtocolError("a scalar with a shape")
