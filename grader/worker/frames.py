"""Frames on a stream, used on both sides of the pipe: a nonce, two lengths, a header and a body."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from grader.errors import ProtocolError
from grader.worker import wire
from grader.worker.script import Script

_PREFIX = struct.Struct("<QII")
_REQUEST_BYTES = 2**32 - 1
"""Largest header and body of a request, as the prefix can express them: the trusted side needs no bound."""
Receive = Callable[[int], bytes]


class Question(msgspec.Struct, frozen=True):
    """A request to a worker: call one function of one file with the case in each frame of the body."""

    file: str
    function: str
    size_limits: list[int]
    """Largest size of the answer to each case in bytes."""
    script: Script | None = None
    """What is called instead of the function."""


def pack(nonce: int, header: bytes, buffers: Iterable[bytes]) -> bytes:
    """Return one frame."""
    body = b"".join(buffers)
    return b"".join((_PREFIX.pack(nonce, len(header), len(body)), header, body))


def case(
    args: tuple[object, ...], kwargs: Mapping[str, object], layout: str, at: int = 0, *, further: bool = False
) -> bytes:
    """Return the frame of one call; raises `wire.TooLargeError` if it exceeds the limits of an answer.

    Args:
        at: of a script, the step whose answer is wanted.
        further: whether it goes on with the script of the case before, and its arguments.
    """
    return pack(0, *wire.encode_whole((args, dict(kwargs), layout, at, further)))


def request(
    nonce: int,
    file: str,
    function: str,
    cases: list[bytes],
    size_limits: Sequence[int] | None = None,
    script: Script | None = None,
) -> bytes:
    """Return a frame that requests calls of one function, or steps of one script, for any number of cases."""
    most = [wire.ANSWER_BYTES] * len(cases) if size_limits is None else list(size_limits)
    return pack(nonce, msgspec.msgpack.encode(Question(file, function, most, script)), cases)


def receive(
    read: Receive, *, header_bytes: int = wire.HEADER_BYTES, body_bytes: int = wire.ANSWER_BYTES
) -> tuple[int, bytes, bytes]:
    """Return nonce, header and body of the next frame; `read(n)` returns exactly n bytes or raises."""
    nonce, header, body = _PREFIX.unpack(read(_PREFIX.size))
    # Before reading: a submission that writes its own frames may announce 4 GB.
    if header > header_bytes or body > body_bytes:
        raise ProtocolError(f"a frame of {header} + {body} bytes, more than allowed")
    return nonce, read(header), read(body)


def receive_request(read: Receive) -> tuple[int, Question, list[Any]]:
    """Return nonce, question and cases of the next request.

    Each case is (args, kwargs, layout, at, further).
    """
    nonce, header, body = receive(read, header_bytes=_REQUEST_BYTES, body_bytes=_REQUEST_BYTES)
    question = msgspec.msgpack.decode(header, type=Question)
    frames = io.BytesIO(body)
    parts = (receive(frames.read) for _ in question.size_limits)
    # Decode all cases before the student's file runs: it could patch NumPy or msgspec.
    return nonce, question, [wire.decode(header, body) for _, header, body in parts]
