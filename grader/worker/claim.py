"""A worker's claim about one call: plain fields, whose types are checked when decoded, and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from grader.errors import ProtocolError
from grader.worker import frames, wire

_TEXT_BYTES = 256 * 1024
"""Upper bound for the texts about an exception and warnings."""
_STAND_INS = 16 * 1024
"""Bytes that an answer may have in addition to its values: the names of values that were too large."""


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """One answer. The student's process wrote every field, so none of them is to be trusted."""

    outcome: Literal["loaded", "returned", "raised", "exited", "waits"]
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
    """Arguments after the call, by position or name, without plain values and unchanged arrays."""
    again: tuple[object, ...] = ()
    """The value after every array argument was overwritten, if that changed it: they share memory."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Claim)


def header_bytes(output_chars: int) -> int:
    """Return the largest length of a claim whose output has at most `output_chars` characters."""
    # UTF-8 needs at most four bytes for a character.
    return wire.HEADER_BYTES + _TEXT_BYTES + 4 * output_chars


def pack(nonce: int, claim: Claim, values: Values | None, *, most: int) -> bytes:
    """Return the frame of an answer; if the values exceed `most` bytes, some of them become `Opaque`."""
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
    """Return as much as fits: the value first, then changed arguments, each as a whole or as an `Opaque`."""
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
    """Return the claim of a frame; raises `ProtocolError` if the header is not a valid claim."""
    try:
        return _decoder.decode(header)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise ProtocolError("an answer that is not of the expected form") from error


def values(claim: Claim, body: bytes, *, most: int = wire.ANSWER_BYTES) -> Values:
    """Return the values of a claim, `Opaque` if they were too large; raises `ProtocolError` for bad bytes."""
    parts: Any = wire.decode(claim.values, body, most=most + _STAND_INS)
    match parts:
        case wire.Opaque():
            return Values(parts)
        case (value, dict() as changed):
            return Values(value, changed)
        case (value, dict() as changed, again):
            return Values(value, changed, (again,))
    raise ProtocolError("values that are not of the expected form")
