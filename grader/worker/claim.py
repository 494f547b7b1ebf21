"""What a worker says of one call: plain fields whose types are checked as they are decoded, and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from grader.errors import ProtocolError
from grader.worker import frames, wire

_TEXT_BYTES = 256 * 1024
"""More than what is said of an exception and of warnings can need."""
_STAND_INS = 16 * 1024
"""What an answer may count besides its values: the names of those that were too large."""


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """One answer; each field is the student's process's word, never more."""

    outcome: Literal["loaded", "returned", "raised", "exited"]
    stdout: str = ""
    warnings: list[str] = []
    names: list[str] = []
    message: str = ""
    line: int | None = None
    traceback: str = ""
    detail: str = ""
    values: bytes = b""
    """Header of `Values`, whose buffers are the frame's body."""
    file: str = ""
    """Path of the submitted file in which `line` stands."""


class Values(msgspec.Struct, frozen=True):
    """What a call returned and changed."""

    value: object = None
    changed: Mapping[int | str, object] = {}
    """Arguments by position or name as they are after the call, but for plain values and unchanged arrays."""
    again: tuple[object, ...] = ()
    """The value once more, after every array argument was overwritten; nothing where it is the same."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Claim)


def header_bytes(output_chars: int) -> int:
    """Return how long a claim may be whose output has at most so many characters."""
    return wire.HEADER_BYTES + _TEXT_BYTES + 4 * output_chars


def pack(nonce: int, claim: Claim, values: Values | None, *, most: int) -> bytes:
    """Return the frame of an answer; of values that count more than `most` bytes, some become `Opaque`."""
    if values is None:
        return frames.pack(nonce, _encoder.encode(claim), [])
    parts = (values.value, dict(values.changed), *values.again)
    try:
        header, buffers = wire.encode_whole(parts, most=most)
    except wire.TooLargeError:
        header, buffers = _encoded(_fitting(values, most), most + _STAND_INS)
    return frames.pack(nonce, _encoder.encode(msgspec.structs.replace(claim, values=header)), buffers)


def _encoded(parts: tuple[object, ...], most: int) -> tuple[bytes, list[bytes]]:
    try:
        return wire.encode_whole(parts, most=most)
    except wire.TooLargeError as error:
        return wire.encode(wire.Opaque(f"value with changed arguments {error}, {wire.TOO_LARGE}"))


def _fitting(values: Values, most: int) -> tuple[object, ...]:
    """Return as much as fits: the value first, then what was changed, each whole or by name alone."""
    left = most

    def kept(part: object) -> object:
        nonlocal left
        part = wire.within(part, left)
        left -= wire.measured(part)
        return part

    return (
        kept(values.value),
        {key: kept(part) for key, part in values.changed.items()},
        *map(kept, values.again),
    )


def decode(header: bytes) -> Claim:
    """Return the claim of a frame; raises `ProtocolError` on anything that is not one."""
    try:
        return _decoder.decode(header)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise ProtocolError("an answer that is not of the expected form") from error


def values(claim: Claim, body: bytes, *, most: int = wire.ANSWER_BYTES) -> Values:
    """Return what came with a claim, an `Opaque` value where it was too large; raises `ProtocolError`."""
    parts: Any = wire.decode(claim.values, body, most=most + _STAND_INS)
    match parts:
        case wire.Opaque():
            return Values(parts)
        case (value, dict() as changed):
            return Values(value, changed)
        case (value, dict() as changed, again):
            return Values(value, changed, (again,))
    raise ProtocolError("values that are not of the expected form")
