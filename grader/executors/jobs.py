"""The messages to and from a process; they are plain data, so that any executor can send them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Final, Protocol

import msgspec

READY: Final = b"ready"
ALIVE: Final = b"."
DONE: Final = b"+"
FAULT: Final = b"-"
"""Beginnings of a process's messages: it is ready, it is at work, a result, or the reason why it ends."""
SILENCE_S: Final = 300.0


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """The first message to a process."""

    work: str
    """The `Work` to do, as `module:function`; a name, so that executors import nothing of what they run."""
    options: bytes
    """Options of that function, encoded by the caller."""
    silence_s: float = SILENCE_S
    """Seconds without a heartbeat before a busy process counts as hung."""


Work = Callable[[Connection, bytes], None]
"""Takes a connection and options; sends READY, then DONE and a result for each of `payloads`."""


class Job(msgspec.Struct, frozen=True):
    """One piece of work, encoded by the caller."""

    key: int
    payload: bytes


class Done(msgspec.Struct, frozen=True):
    """The result of a job."""

    key: int
    payload: bytes = b""
    fault: str = ""
    """Why two processes ended during the job; there is then no payload."""


class Executor(Protocol):
    """Does jobs in any order, each at least once."""

    def run(self, setup: Setup, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield each result as soon as it arrives; raises `ExecutorError` if no job can be done."""


def payloads(link: Connection) -> Iterator[bytes]:
    """Yield the payload of each job that a process receives until the connection ends."""
    while True:
        try:
            yield link.recv_bytes()
        except (EOFError, OSError):
            return


encode = msgspec.msgpack.encode
setup = msgspec.msgpack.Decoder(Setup).decode
