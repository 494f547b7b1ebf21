"""Warm processes on this machine, one for each core that the grader may use."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from pathlib import Path

from grader.executors.jobs import Done, Job, Setup
from grader.executors.process_handle import ProcessHandle
from grader.executors.retries import Retries


def cores() -> list[int]:
    """Return the numbers of the cores that this process may use."""
    return sorted(os.sched_getaffinity(0))


def allowed(limit: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """Return the number of cores whose time this process may use; a container often has fewer than it sees.

    Args:
        limit: the file with Linux's limit, as microseconds per period or `max`; see cgroups(7). If the file
            does not exist, there is no limit.
    """
    try:
        granted, period = limit.read_text().split()
        share = math.ceil(int(granted) / int(period))
    except (OSError, ValueError):
        return len(cores())
    return max(1, min(share, len(cores())))


class Local:
    """At most `jobs` processes, and no more than there are jobs; 0 means one for each usable core.

    If there are as many processes as cores, each is pinned to one core together with its workers. A process
    and its worker take turns, so that each finds the other's data in the core's caches.
    """

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or allowed()

    def run(self, setup: Setup, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield the result of each job; only a job that ended two processes is given up."""
        pool = _Pool(setup, iter(jobs), self.jobs)
        try:
            yield from pool.work()
        finally:
            pool.close()


class _Pool:
    def __init__(self, setup: Setup, jobs: Iterator[Job], size: int) -> None:
        self._setup, self._jobs, self._size = setup, jobs, size
        self._waiting: deque[Job] = deque()
        self._retries = Retries()
        self._processes: list[ProcessHandle] = []
        self._cores = cores()

    def close(self) -> None:
        for process in self._processes:
            process.close()

    def work(self) -> Iterator[Done]:
        self._assign()
        while self._processes:
            found = [self._take(process) for process in self._wait()]
            # Send new jobs before handling the answers, so that no process waits for the coordinator.
            self._assign()
            yield from (done for done in found if done)
            self._more(self._size)  # read the next submissions while the processes work

    def _wait(self) -> list[ProcessHandle]:
        """Return the processes that have sent a message, and those that have been silent for too long."""
        links = [process.link for process in self._processes]
        speaking = wait(links, min(process.patience_s() for process in self._processes))
        return [m for m in self._processes if m.link in speaking or not m.patience_s()]

    def _assign(self) -> None:
        """Give each idle process a job, end those without one, and start missing processes."""
        for process in [m for m in self._processes if m.is_ready and not m.job]:
            if self._more():
                process.give(self._waiting.popleft())
            else:
                self._end(process)
        # A process that starts will take a job of its own, so a further one needs one job more.
        starting = sum(not m.is_ready for m in self._processes)
        while len(self._processes) < self._size and self._more(starting + 1):
            self._processes.append(ProcessHandle(self._setup, self._core()))
            starting += 1

    def _core(self) -> int | None:
        """Return a core without a process, or None if the number of processes is not that of the cores."""
        if self._size != len(self._cores):
            return None
        return min(set(self._cores) - {process.core for process in self._processes})

    def _more(self, count: int = 1) -> bool:
        """Fetch jobs until `count` are waiting; return whether there are as many."""
        while len(self._waiting) < count:
            job = next(self._jobs, None)
            if job is None:
                return False
            self._waiting.append(job)
        return True

    def _end(self, process: ProcessHandle) -> None:
        self._processes.remove(process)
        process.close()

    def _take(self, process: ProcessHandle) -> Done | None:
        try:
            done = process.take()
        except EOFError as error:
            job, reason = process.job, str(error)
            self._end(process)
            return self._lost(job, reason)
        self._retries.started()
        return done

    def _lost(self, job: Job | None, reason: str) -> Done | None:
        """Put back the job of a process that has ended, or give it up and return its result."""
        if job is None:
            self._retries.failed_start(reason)
            return None
        given_up = self._retries.failed_job(job, reason)
        if not given_up:
            self._waiting.appendleft(job)
        return given_up
