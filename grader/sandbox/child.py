"""One forked child as the parent sees it: a socket, a CPU clock, a certain end."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from grader.sandbox.limits import Limits
from grader.sandbox.peer import START_S, TimeUpError

WAIT_S = 0.02
"""How long the parent waits for bytes before it looks at the clocks."""

_PART_BYTES = 1 << 16


class Child:
    """A `Peer` that can be told its CPU time; `reap` returns its wait status once it has ended."""

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
        # The kernel's clock id of another process's CPU time, see clock_getcpuclockid(3).
        self._clock = (~_pid(pidfd) << 3) | 2
        self._poll = select.poll()
        self._poll.register(stream, select.POLLIN)
        self._buffer = bytearray()
        self._cpu_start = self._wall_start = 0.0
        self.begin()

    def within(self, limits: Limits) -> None:
        """Measure the calls that follow by `limits`."""
        self._cpu_s, self._wall_s = limits.cpu_s, limits.wall_s

    def begin(self) -> None:
        """Start the clocks of the next call."""
        self._cpu_start, self._wall_start = self._cpu(), time.monotonic()

    def spent_cpu_s(self) -> float:
        """Return the CPU time since `begin`."""
        return self._cpu() - self._cpu_start

    def _cpu(self) -> float:
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            # Gone already: the socket's end will say so.
            return self._cpu_start

    def send(self, data: bytes) -> None:
        """Send all of `data`; raises `TimeUpError` if the child does not take it."""
        self._stream.settimeout(self._wall_s)
        try:
            self._stream.sendall(data)
        except TimeoutError as error:
            raise TimeUpError(cpu=False, again=True) from error
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
        # The clocks are looked at for every part: a drip of single bytes must not hold them off.
        while True:
            arrived = self._poll.poll(WAIT_S * 1000)
            self._check_clocks()
            if arrived:
                break
        try:
            part = self._stream.recv(_PART_BYTES)
        except OSError as error:
            raise EOFError from error
        if not part:
            raise EOFError
        return part

    def _check_clocks(self) -> None:
        if time.monotonic() - self._wall_start > self._wall_s:
            raise TimeUpError(cpu=False, again=True)
        if self.spent_cpu_s() > self._cpu_s:
            raise TimeUpError(cpu=True)

    def kill(self, *, settle_s: float = 0.0) -> int:
        """End the child, and with it the namespaces it is the first process of; return how it ended."""
        if settle_s:
            select.select([self._pidfd], [], [], settle_s)
        try:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it ended by itself
        finally:
            os.close(self._pidfd)
            self._stream.close()
        return os.waitstatus_to_exitcode(self._reap())


def _pid(pidfd: int) -> int:
    """Return the process's id in our own namespace."""
    text = Path(f"/proc/self/fdinfo/{pidfd}").read_text()
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("Pid:")))
