"""Frames on a stream: a nonce, two lengths, a header, a body; used on both sides of the pipe."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from grader.errors import ProtocolError
from grader.worker import wire

_PREFIX = struct.Struct("<QII")
_REQUEST_BYTES = 2**32 - 1
"""What a worker takes: its questions come from the trusted side, so the prefix alone is the limit."""
Receive = Callable[[int], bytes]


class Question(msgspec.Struct, frozen=True):
    """What is asked of a worker: one function of one file, a case for each frame of the body."""

    file: str
    function: str
    size_limits: list[int]
    """How many bytes the answer to each case may count."""


def pack(nonce: int, header: bytes, buffers: Iterable[bytes]) -> bytes:
    """Return one frame."""
    body = b"".join(buffers)
    return b"".join((_PREFIX.pack(nonce, len(header), len(body)), header, body))


def case(args: tuple[object, ...], kwargs: Mapping[str, object], layout: str) -> bytes:
    """Return the frame of one call; raises `wire.TooLargeError` beyond the limits of an answer."""
    return pack(0, *wire.encode_whole((args, dict(kwargs), layout)))


def request(
    nonce: int, file: str, function: str, cases: list[bytes], size_limits: Sequence[int] | None = None
) -> bytes:
    """Return a frame that asks one function for any number of cases."""
    most = [wire.ANSWER_BYTES] * len(cases) if size_limits is None else list(size_limits)
    return pack(nonce, msgspec.msgpack.encode(Question(file, function, most)), cases)


def receive(
    read: Receive, *, header_bytes: int = wire.HEADER_BYTES, body_bytes: int = wire.ANSWER_BYTES
) -> tuple[int, bytes, bytes]:
    """Return nonce, header and body of the next frame; `read(n)` returns exactly n bytes or raises."""
    nonce, header, body = _PREFIX.unpack(read(_PREFIX.size))
    if header > header_bytes or body > body_bytes:
        raise ProtocolError(f"a frame of {header} + {body} bytes, more than allowed")
    return nonce, read(header), read(body)


def receive_request(read: Receive) -> tuple[int, Question, list[Any]]:
    """Return nonce, question and the cases, as (args, kwargs, layout), of the next request."""
    nonce, header, body = receive(read, header_bytes=_REQUEST_BYTES, body_bytes=_REQUEST_BYTES)
    question = msgspec.msgpack.decode(header, type=Question)
    frames = io.BytesIO(body)
    parts = (receive(frames.read) for _ in question.size_limits)
    # All at once, before a student's file has run: it can change what decoding needs.
    return nonce, question, [wire.decode(header, body) for _, header, body in parts]
