"""The interfaces of a worker process and of its source, the same for all levels."""

from __future__ import annotations

import math
from typing import Protocol

from grader.errors import SandboxError
from grader.sandbox.limits import Limits
from grader.worker.pipe import READY

START_S = 60.0
"""Seconds that a worker may take to start: to load Python and numpy from a cold disk on a busy machine."""


class TimeUpError(Exception):
    """The worker used up its CPU time, its time asleep or the wall-clock backstop.

    Args:
        cpu: whether the CPU time is used up.
        again: whether CPU time is left, so that a busy machine may be the cause.
        asleep: whether the time asleep is used up; a busy machine cannot cause that.
    """

    def __init__(self, *, cpu: bool = False, again: bool = False, asleep: bool = False) -> None:
        super().__init__("CPU time" if cpu else "time asleep" if asleep else "wall-clock time")
        self.cpu, self.again, self.asleep = cpu, again, asleep


class Peer(Protocol):
    """One worker process: its stream of bytes, the clocks of one call, and its end."""

    def within(self, limits: Limits) -> None:
        """Apply `limits` to the calls that follow, instead of `START_S`."""

    def begin(self, *, asleep_s: float = math.inf) -> None:
        """Start the clocks of the next call, which may sleep for `asleep_s` if sleep can be measured."""

    def spent_cpu_s(self) -> float:
        """Return the CPU time since `begin`, or the wall-clock time if CPU time cannot be measured."""

    def asleep_s(self) -> float:
        """Return the time asleep from `begin` until now or until `kill`; 0 if it cannot be measured."""

    def send(self, data: bytes) -> None:
        """Send all of `data`; raises `TimeUpError` if it is not read, `EOFError` if the worker is gone."""

    def read(self, count: int) -> bytes:
        """Return exactly `count` bytes; raises `EOFError` at the end, `TimeUpError` at a limit."""

    def kill(self, *, settle_s: float = 0.0) -> int:
        """Kill the worker unless it ends within `settle_s`; return its exit code, or minus its signal."""


class Source(Protocol):
    """Starts workers."""

    def fork(self, limits: Limits) -> Peer:
        """Return a new worker behind its walls; raises `SandboxError` if a wall cannot be put up."""

    def prepare(self) -> None:
        """Do beforehand what would make the next `fork` slow."""

    def close(self) -> None:
        """End all processes that are still running."""


def ready(peer: Peer, limits: Limits) -> Peer:
    """Return the peer once it reports that its walls are up; raises `SandboxError` with its reason if not."""
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
