"""Time asleep: a worker neither calculates nor waits for a processor; each submission has a budget of it."""

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
"""How long the parent waits for bytes before it looks at the clocks; no wait counts for more."""


class SleepBudget:
    """What one submission has slept, function by function: all its workers spend the same."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = defaultdict(float)

    def spend(self, function: str, seconds: float) -> None:
        """Count `seconds` for calls of one function."""
        self._spent[function] += seconds

    def left_s(self, function: str, limits: Limits) -> float:
        """Return how long calls of one function may still sleep."""
        exercise_s = limits.asleep_s - self._spent[function]
        return min(exercise_s, limits.total_asleep_s - sum(self._spent.values()))

    def used_up(self, function: str, limits: Limits) -> str:
        """Return which budget is used up, in words; empty while there is some time left."""
        if self._spent[function] > limits.asleep_s:
            return f"{limits.asleep_s:g} s in this exercise"
        if sum(self._spent.values()) > limits.total_asleep_s:
            return f"{limits.total_asleep_s:g} s in all exercises together"
        return ""


class Idling:
    """How long this thread waited for a process that was asleep; 0 where the kernel does not tell.

    Asleep is what is left of the time waited after the process's CPU time, its waits for a processor and
    ours: a busy machine makes nobody sleep. Waits for a disk do not count.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._theirs = _Delays(f"/proc/{pid}/schedstat")
        self._ours = _Delays(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        # A kernel that does not count writes `0 0 0`; this thread has been put on a processor before.
        self._are_counted = self._ours.read(2) > 0
        self._begun_s = self.waited_s = 0.0
        """`waited_s` since `begin`: never less than the time asleep, and costs nothing to know."""

    def begin(self) -> None:
        """Start anew."""
        self._begun_s, self.waited_s = self._delays_s(), 0.0

    def wait(self, poll: select.poll) -> bool:
        """Wait for a descriptor, at most `WAIT_S`; return whether it is ready."""
        start = time.monotonic()
        is_ready = bool(poll.poll(WAIT_S * 1000))
        if is_ready or self._state() != "D":
            # More than was asked for is our own lateness, or a whole machine that stood still.
            self.waited_s += min(time.monotonic() - start, WAIT_S)
        return is_ready

    def asleep_s(self, cpu_s: float) -> float:
        """Return the time asleep since `begin` of a process that used `cpu_s` since then."""
        if not (self._are_counted and self._theirs.is_open):
            return 0.0
        return max(0.0, self.waited_s - cpu_s - self.delayed_s())

    def delayed_s(self) -> float:
        """Return how long the process and this thread have waited for a processor since `begin`."""
        return self._delays_s() - self._begun_s

    def waits_for_a_processor(self) -> bool:
        """Return whether the process waits for one now, or has one, where the kernel counts its waits."""
        return self._are_counted and self._theirs.is_open and self._state() == "R"

    def is_asleep(self) -> bool:
        """Return whether the process sleeps now: a wait for a processor is counted when it is over."""
        return self._state() not in "RD"

    def _delays_s(self) -> float:
        return (self._theirs.read(1) + self._ours.read(1)) / 1e9

    def _state(self) -> str:
        with suppress(OSError, IndexError):
            stat = Path(f"/proc/{self._pid}/stat").read_bytes()
            return stat.rpartition(b")")[2].split()[0].decode()
        return "R"  # gone: the socket's end will say so

    def close(self) -> None:
        """Close what was opened; what was found stays."""
        self._theirs.close()
        self._ours.close()


class _Delays:
    """What the kernel counts of one thread: time at work, time waiting for a processor, turns."""

    def __init__(self, path: str) -> None:
        self._last, self._file = [0, 0, 0], -1
        with suppress(OSError):
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    @property
    def is_open(self) -> bool:
        """Whether there is anything to read."""
        return self._file >= 0

    def read(self, place: int) -> int:
        """Return one of the three numbers as it is now, or was when the thread ended."""
        with suppress(OSError, ValueError):
            self._last = [int(part) for part in os.pread(self._file, 100, 0).split()] or self._last
        return self._last[place]

    def close(self) -> None:
        """Close the file, if there is one."""
        if self.is_open:
            os.close(self._file)
            self._file = -1
