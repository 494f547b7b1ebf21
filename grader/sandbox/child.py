"""One forked child as the parent sees it: a socket, a CPU clock and a process that can be killed."""

from __future__ import annotations

import math
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from grader.sandbox.limits import Limits
from grader.sandbox.protocol import START_S, TimeUpError
from grader.sandbox.sleep_budget import Idling

_PART_BYTES = 1 << 16
_STRETCH = 10
"""Multiple of its wall-clock limit that a call may take if a busy machine keeps it waiting."""


class Child:
    """A `Peer` whose CPU time the kernel tells.

    Args:
        stream: the parent's end of the connection.
        pidfd: a descriptor of the process; unlike its id, it never means another process.
        reap: returns the wait status once the child has ended.
        cpu_s: CPU time until `within` sets the limits.
        wall_s: wall-clock time until `within` sets the limits.
    """

    def __init__(
        self,
        stream: socket.socket,
        pidfd: int,
        *,
        reap: Callable[[], int],
        cpu_s: float = START_S,
        wall_s: float = START_S,
    ) -> None:
        self._stream, self._pidfd, self._reap = stream, pidfd, reap
        self._cpu_s, self._wall_s = cpu_s, wall_s
        # The id of the kernel's clock of another process's CPU time, as in clock_getcpuclockid(3).
        pid = _pid(pidfd)
        self._clock = (~pid << 3) | 2
        self._idling, self._asleep_s, self._may_sleep_s = Idling(pid), 0.0, math.inf
        self._poll, self._room = select.poll(), select.poll()
        self._poll.register(stream, select.POLLIN)
        self._room.register(stream, select.POLLOUT)
        self._buffer = bytearray()
        self._cpu_start = self._cpu_last = self._wall_start = 0.0
        self._is_ended = False
        self.begin()

    def within(self, limits: Limits) -> None:
        """Apply `limits` to the calls that follow."""
        self._cpu_s, self._wall_s = limits.cpu_s, limits.wall_s

    def begin(self, *, asleep_s: float = math.inf) -> None:
        """Start the clocks of the next call, which may sleep for `asleep_s`."""
        self._may_sleep_s = asleep_s
        self._idling.begin()
        self._cpu_start, self._wall_start = self._cpu(), time.monotonic()

    def spent_cpu_s(self) -> float:
        """Return the CPU time since `begin`."""
        return self._cpu() - self._cpu_start

    def asleep_s(self) -> float:
        """Return the time asleep since `begin`."""
        if not self._is_ended:
            self._asleep_s = self._idling.asleep_s(self.spent_cpu_s())
        return self._asleep_s

    def _cpu(self) -> float:
        # A process that has ended has no clock. The next read from its socket reports the end.
        with suppress(OSError):
            self._cpu_last = time.clock_gettime(self._clock)
        return self._cpu_last

    def send(self, data: bytes) -> None:
        """Send all of `data`; raises `TimeUpError` if the child does not take it."""
        rest = memoryview(data)
        try:
            while rest:
                self._wait(self._room)
                with suppress(BlockingIOError):
                    rest = rest[self._stream.send(rest, socket.MSG_DONTWAIT) :]
        except OSError as error:
            raise EOFError from error

    def read(self, count: int) -> bytes:
        """Return exactly `count` bytes; raises `EOFError` at the end, `TimeUpError` at a limit."""
        while len(self._buffer) < count:
            self._buffer += self._part()
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    def _part(self) -> bytes:
        self._wait(self._poll)
        try:
            part = self._stream.recv(_PART_BYTES)
        except OSError as error:
            raise EOFError from error
        if not part:
            raise EOFError
        return part

    def _wait(self, poll: select.poll) -> None:
        is_ready = False
        while not is_ready:
            is_ready = self._idling.wait(poll)
            # Check the clocks for every part: a submission may send single bytes slowly to stay ready.
            self._check_clocks(has_moved=is_ready)

    def _check_clocks(self, *, has_moved: bool) -> None:
        if self._idling.waited_s > self._may_sleep_s and self._is_over(has_moved):
            raise TimeUpError(asleep=True)
        wall_s = time.monotonic() - self._wall_start
        if wall_s > self._wall_s and not self._is_kept_waiting(wall_s):
            raise TimeUpError(again=True)
        if self.spent_cpu_s() > self._cpu_s:
            raise TimeUpError(cpu=True)

    def _is_over(self, has_moved: bool) -> bool:
        # The kernel counts a wait for a processor only once it is over. A child that has just sent something
        # has no open wait; neither has one that sleeps now. Any other may be waiting: it is not over its
        # limit.
        return self.asleep_s() > self._may_sleep_s and (has_moved or self._idling.is_asleep())

    def _is_kept_waiting(self, wall_s: float) -> bool:
        """Return whether a call of `wall_s` seconds is over its limit only because it waited for a processor.

        Beyond `_STRETCH` times the limit, it does not matter what it waited for.
        """
        most_s = self._wall_s if self._idling.waits_for_a_processor() else wall_s - self._idling.delayed_s()
        return wall_s <= _STRETCH * self._wall_s and most_s <= self._wall_s

    def kill(self, *, settle_s: float = 0.0) -> int:
        """Kill the child and return its exit code, or minus its signal.

        If the child is the first process of its namespaces, all processes in them end with it.
        """
        if settle_s:
            self._settle(settle_s)
        self.asleep_s()
        self._is_ended = True
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has ended already
        finally:
            os.close(self._pidfd)
            self._stream.close()
            self._idling.close()
        return os.waitstatus_to_exitcode(self._reap())

    def _settle(self, settle_s: float) -> None:
        end = select.poll()
        end.register(self._pidfd, select.POLLIN)
        deadline = time.monotonic() + settle_s
        while time.monotonic() < deadline and not self._idling.wait(end):
            pass


def _pid(pidfd: int) -> int:
    """Return the process's id in our own namespace."""
    text = Path(f"/proc/self/fdinfo/{pidfd}").read_text()
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("Pid:")))
