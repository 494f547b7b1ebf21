"""The child's side of a worker, run in this process."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import asdict

from grader.worker import claim, frames
from grader.worker.serve import serve


class Stream:
    """Bytes to read, then the end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.sent = data, b""

    def read(self, count: int) -> bytes:
        if count and not self.data:
            raise EOFError
        part, self.data = self.data[:count], self.data[count:]
        return part

    def send(self, data: bytes) -> None:
        self.sent += data


def asked(
    source: str, *cases: tuple[Any, ...], function: str = "f", files: dict[str, bytes] | None = None,
    givens: bytes = b"", file: str = "s.py", kwargs: dict[str, Any] | None = None, layout: str = "C",
) -> list[Any]:  # fmt: skip
    """Return what the child sends for one request: how loading went, then one answer a case."""
    setup = msgspec.msgpack.encode({"files": {file: source.encode(), **(files or {})}, "givens": givens})
    request = frames.request(7, file, function, [frames.case(case, kwargs or {}, layout) for case in cases])
    stream = Stream(frames.pack(0, b"", [setup]) + request)
    serve(stream.read, stream.send)
    answers, replies = [], Stream(stream.sent)
    while replies.data:
        nonce, header, body = frames.receive(replies.read, header_bytes=claim.header_bytes(64 * 1024))
        assert nonce == 7
        said = claim.decode(header)
        answers.append(asdict(said) | (asdict(claim.values(said, body)) if said.values else {}))
    return answers
