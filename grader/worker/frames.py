"""Frames on a stream: a nonce, two lengths, a header, a body; used on both sides of the pipe."""

from __future__ import annotations

import struct
from collections.abc import Callable

from grader.errors import ProtocolError
from grader.worker import wire

_PREFIX = struct.Struct("<QII")
Receive = Callable[[int], bytes]


def pack(nonce: int, header: bytes, buffers: list[bytes]) -> bytes:
    """Return one frame."""
    body = b"".join(buffers)
    return b"".join((_PREFIX.pack(nonce, len(header), len(body)), header, body))


def message(nonce: int, value: object, *, answer_bytes: int = wire.ANSWER_BYTES) -> bytes:
    """Return a frame that carries `value` in the wire format."""
    return pack(nonce, *wire.encode(value, most=answer_bytes))


def receive(read: Receive, *, answer_bytes: int = wire.ANSWER_BYTES) -> tuple[int, bytes, bytes]:
    """Return nonce, header and body of the next frame; `read(n)` returns exactly n bytes or raises."""
    nonce, header, body = _PREFIX.unpack(read(_PREFIX.size))
    if header > wire.HEADER_BYTES or body > answer_bytes:
        raise ProtocolError(f"a frame of {header} + {body} bytes, more than allowed")
    return nonce, read(header), read(body)
