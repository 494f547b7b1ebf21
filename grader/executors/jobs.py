"""What goes to a process and what comes back; plain data, so that any executor can carry it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Final, Protocol

import msgspec

READY: Final = b"ready"
ALIVE: Final = b"."
DONE: Final = b"+"
FAULT: Final = b"-"
"""How each message of a process begins."""
SILENCE_S: Final = 300.0


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What a process is told once, before its first job."""

    work: str
    """The `Work` that it does, as `module:function`: executors need not know whatever they may run."""
    options: bytes
    """What that function prepares, encoded by a type of its own."""
    silence_s: float = SILENCE_S
    """How long a process at work may say nothing."""


Work = Callable[[Connection, bytes], None]
"""Takes a connection and options; says READY, then answers each of `payloads` by DONE and what came of it."""


class Job(msgspec.Struct, frozen=True):
    """One piece of work, encoded by whoever asks for it."""

    key: int
    payload: bytes


class Done(msgspec.Struct, frozen=True):
    """What came of a job."""

    key: int
    payload: bytes = b""
    fault: str = ""
    """Why two processes in a row ended over it; a result then is none."""


class Executor(Protocol):
    """Does jobs in any order, each at least once."""

    def run(self, setup: Setup, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield what came of each job as soon as it is there; raises `ExecutorError` if none can be done."""


def payloads(link: Connection) -> Iterator[bytes]:
    """Yield the payload of each job that comes to a process, until there are no more."""
    while True:
        try:
            yield link.recv_bytes()
        except (EOFError, OSError):
            return


encode = msgspec.msgpack.encode
setup = msgspec.msgpack.Decoder(Setup).decode
