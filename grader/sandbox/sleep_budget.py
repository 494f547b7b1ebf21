"""Measure and bound the time asleep, in which a worker neither calculates nor waits for a processor."""

from __future__ import annotations

import os
import select
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from grader.sandbox.limits import Limits

WAIT_S = 0.02
"""Seconds that the parent waits for bytes before it checks the clocks; a longer wait counts as this much."""


class SleepBudget:
    """The time that one submission has slept, by function; all its workers share it."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = defaultdict(float)

    def spend(self, function: str, seconds: float) -> None:
        """Add `seconds` to the calls of one function."""
        self._spent[function] += seconds

    def left_s(self, function: str, limits: Limits) -> float:
        """Return the seconds for which calls of one function may still sleep."""
        exercise_s = limits.asleep_s - self._spent[function]
        return min(exercise_s, limits.total_asleep_s - sum(self._spent.values()))

    def used_up(self, function: str, limits: Limits) -> str:
        """Return in words which budget is used up, or an empty text while time is left."""
        if self._spent[function] > limits.asleep_s:
            return f"{limits.asleep_s:g} s in this exercise"
        if sum(self._spent.values()) > limits.total_asleep_s:
            return f"{limits.total_asleep_s:g} s in all exercises together"
        return ""


class Idling:
    """Measures how long this thread waited for a process that was asleep.

        time asleep = time waited - CPU time of the process - waits for a processor, the process's and ours

    On a busy machine, waits for a processor grow, and the time asleep does not. Waits for a disk do not
    count. If the kernel does not count waits for a processor, the time asleep is 0.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._theirs = _Delays(f"/proc/{pid}/schedstat")
        self._ours = _Delays(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        # The third number counts how often the thread got a processor. This thread has got one; a kernel that
        # does not count writes `0 0 0` all the same.
        self._are_counted = self._ours.read(2) > 0
        self._begun_s = self.waited_s = 0.0
        """Seconds waited since `begin`: an upper bound of the time asleep that needs no system call."""

    def begin(self) -> None:
        """Start measuring anew."""
        self._begun_s, self.waited_s = self._delays_s(), 0.0

    def wait(self, poll: select.poll) -> bool:
        """Wait for a descriptor, at most `WAIT_S`; return whether it is ready."""
        start = time.monotonic()
        is_ready = bool(poll.poll(WAIT_S * 1000))
        if is_ready or self._state() != "D":
            # A wait beyond WAIT_S is not the process's fault: this thread woke up late, or the whole machine
            # was suspended. In state D the process waits for a disk.
            self.waited_s += min(time.monotonic() - start, WAIT_S)
        return is_ready

    def asleep_s(self, cpu_s: float) -> float:
        """Return the time asleep since `begin` of a process that used `cpu_s` since then."""
        if not (self._are_counted and self._theirs.is_open):
            return 0.0
        return max(0.0, self.waited_s - cpu_s - self.delayed_s())

    def delayed_s(self) -> float:
        """Return the seconds that the process and this thread have waited for a processor since `begin`."""
        return self._delays_s() - self._begun_s

    def waits_for_a_processor(self) -> bool:
        """Return whether the process has a processor or waits for one, if the kernel counts its waits."""
        return self._are_counted and self._theirs.is_open and self._state() == "R"

    def is_asleep(self) -> bool:
        """Return whether the process sleeps now, so that no wait for a processor is still uncounted."""
        return self._state() not in "RD"

    def _delays_s(self) -> float:
        return (self._theirs.read(1) + self._ours.read(1)) / 1e9

    def _state(self) -> str:
        with suppress(OSError, IndexError):
            # `12 (a name) of any bytes) S 1 …`: the state follows the last parenthesis.
            stat = Path(f"/proc/{self._pid}/stat").read_bytes()
            return stat.rpartition(b")")[2].split()[0].decode()
        return "R"  # it has ended, which the next read from its socket reports

    def close(self) -> None:
        """Close the files; `asleep_s` then returns 0."""
        self._theirs.close()
        self._ours.close()


class _Delays:
    """The kernel's counts of one thread: CPU time and waits for a processor in ns, and time slices."""

    def __init__(self, path: str) -> None:
        self._last, self._file = [0, 0, 0], -1
        with suppress(OSError):
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    @property
    def is_open(self) -> bool:
        """Whether the kernel has such a file."""
        return self._file >= 0

    def read(self, place: int) -> int:
        """Return one of the three numbers as it is now, or as it was last read before the thread ended."""
        with suppress(OSError, ValueError):
            self._last = [int(part) for part in os.pread(self._file, 100, 0).split()] or self._last
        return self._last[place]

    def close(self) -> None:
        """Close the file, if there is one."""
        if self.is_open:
            os.close(self._file)
            self._file = -1
