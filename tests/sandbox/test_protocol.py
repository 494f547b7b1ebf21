"""A worker counts as ready once it says so; else its own reason is told, and it is ended."""

from __future__ import annotations

import math

import pytest

from grader.errors import SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.protocol import TimeUpError, ready
from grader.worker.pipe import READY, REFUSED

LIMITS = Limits(cpu_s=7)


class Said:
    """A peer that has said so much, and then ends or is silent."""

    def __init__(self, data: bytes, then: type[Exception] = EOFError) -> None:
        self.data, self.then, self.done = data, then, []  # type: ignore[var-annotated]  # what was asked of it

    def read(self, count: int) -> bytes:
        if not self.data:
            raise self.then
        part, self.data = self.data[:count], self.data[count:]
        return part

    def within(self, limits: Limits) -> None:
        self.done.append(limits)

    def kill(self, *, settle_s: float = 0.0) -> int:
        self.done.append("killed")
        return 0

    def begin(self, *, asleep_s: float = math.inf) -> None:
        raise AssertionError

    def spent_cpu_s(self) -> float:
        raise AssertionError

    def asleep_s(self) -> float:
        raise AssertionError

    def send(self, data: bytes) -> None:
        raise AssertionError


def test_a_worker_behind_its_walls_is_measured_by_its_limits() -> None:
    peer = Said(READY + b"rest")
    assert ready(peer, LIMITS) is peer
    assert (peer.done, peer.data) == ([LIMITS], b"rest")


@pytest.mark.parametrize(
    ("peer", "reason"),
    [
        (
            Said(REFUSED + b"[Errno 22] PR_SET_SECCOMP: Invalid argument"),
            "[Errno 22] PR_SET_SECCOMP: Invalid argument",
        ),
        (Said(REFUSED + b"\xff" * 2000), "\ufffd" * 1000),
        (Said(b""), "it ended without a word"),
        (Said(b"", TimeUpError), "it ended without a word"),
        (Said(REFUSED + b"half", TimeUpError), "it ended without a word"),
    ],
    ids=["its reason", "no text without end", "its end", "silence", "half a reason"],
)
def test_a_worker_that_is_not_ready_is_ended_and_its_reason_told(peer: Said, reason: str) -> None:
    with pytest.raises(SandboxError) as caught:
        ready(peer, LIMITS)
    assert (str(caught.value), peer.done) == (f"A worker cannot be shut in: {reason}.", ["killed"])
