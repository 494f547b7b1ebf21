"""What a session needs of a worker, whatever it is made of."""

from __future__ import annotations

import math
from typing import Protocol

from grader.errors import SandboxError
from grader.sandbox.limits import Limits
from grader.worker.pipe import READY

START_S = 60.0
"""How long a worker may take to start: an interpreter and numpy from a cold disk on a busy machine."""


class TimeUpError(Exception):
    """The worker used up its CPU time, its time asleep or the wall-clock backstop.

    Args:
        cpu: whether it was the CPU time.
        again: whether CPU time was left, so that a busy machine may be to blame.
        asleep: whether it slept longer than it may; a busy machine is not to blame for that.
    """

    def __init__(self, *, cpu: bool = False, again: bool = False, asleep: bool = False) -> None:
        super().__init__("CPU time" if cpu else "time asleep" if asleep else "wall-clock time")
        self.cpu, self.again, self.asleep = cpu, again, asleep


class Peer(Protocol):
    """One worker process: exact byte counts, the clocks of one call, a certain end."""

    def within(self, limits: Limits) -> None:
        """Measure the calls that follow by `limits`, no longer by `START_S`."""

    def begin(self, *, asleep_s: float = math.inf) -> None:
        """Start the clocks of the next call, which may sleep for `asleep_s` where that can be told."""

    def spent_cpu_s(self) -> float:
        """Return the time since `begin`, of the processor where it can be had."""

    def asleep_s(self) -> float:
        """Return the time asleep since `begin`, its end by `kill` included; 0 where it cannot be told."""

    def send(self, data: bytes) -> None:
        """Send all of `data`; raises `TimeUpError` if it is not taken, `EOFError` if nobody is there."""

    def read(self, count: int) -> bytes:
        """Return exactly `count` bytes; raises `EOFError` at the end, `TimeUpError` at a limit."""

    def kill(self, *, settle_s: float = 0.0) -> int:
        """End it, after `settle_s` to end by itself; return its exit code, or minus its signal."""


class Source(Protocol):
    """Where workers come from."""

    def fork(self, limits: Limits) -> Peer:
        """Return a new worker, behind its walls; raises `SandboxError` if they cannot be had."""

    def prepare(self) -> None:
        """Make the next `fork` quick, where it would not be."""

    def close(self) -> None:
        """End whatever is still running."""


def ready(peer: Peer, limits: Limits) -> Peer:
    """Return the peer once it has said that its walls stand; raises `SandboxError` with its reason."""
    try:
        if peer.read(1) == READY:
            peer.within(limits)
            return peer
        reason = _rest(peer)
    except (EOFError, TimeUpError):
        reason = "it ended without a word"
    peer.kill()
    raise SandboxError(f"A worker cannot be shut in: {reason}.")


def _rest(peer: Peer) -> str:
    data = b""
    try:
        while len(data) < 1000:
            data += peer.read(1)
    except EOFError:
        pass
    return data.decode(errors="replace")
