"""Warm processes on this machine, one for each core that may be used."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from pathlib import Path

from grader.executors.jobs import Done, Job, Setup
from grader.executors.process_handle import Member
from grader.executors.retries import Losses


def cores() -> list[int]:
    """Return the numbers of the cores that this process may use."""
    return sorted(os.sched_getaffinity(0))


def allowed(limit: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """Return how many cores' time this process may use: a container is often granted less than it sees.

    Args:
        limit: where Linux tells, as microseconds in a period or `max`, see cgroups(7); no file, no limit.
    """
    try:
        granted, period = limit.read_text().split()
        share = math.ceil(int(granted) / int(period))
    except (OSError, ValueError):
        return len(cores())
    return max(1, min(share, len(cores())))


class Local:
    """As many processes as there are jobs for, at most `jobs`; 0 stands for one a core that may be used.

    Where there are as many as cores, each keeps to one, with the workers it starts: process and worker take
    turns, and meet what the other left in the core's caches.
    """

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or allowed()

    def run(self, setup: Setup, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield what came of each job; one that two processes ended over is given up, the others are not."""
        team = _Team(setup, iter(jobs), self.jobs)
        try:
            yield from team.work()
        finally:
            team.close()


class _Team:
    def __init__(self, setup: Setup, jobs: Iterator[Job], size: int) -> None:
        self._setup, self._jobs, self._size = setup, jobs, size
        self._waiting: deque[Job] = deque()
        self._losses = Losses()
        self._members: list[Member] = []
        self._cores = cores()

    def close(self) -> None:
        for member in self._members:
            member.close()

    def work(self) -> Iterator[Done]:
        self._recruit()
        while self._members:
            found = [self._hear(member) for member in self._wait()]
            # New jobs go out before anybody looks at the answers: no process waits for the coordinator.
            self._recruit()
            yield from (done for done in found if done)
            self._more(self._size)  # the next jobs are at hand when they are asked for

    def _wait(self) -> list[Member]:
        """Return the processes that have something to say, and those that have been silent for too long."""
        links = [member.link for member in self._members]
        speaking = wait(links, min(member.patience_s() for member in self._members))
        return [m for m in self._members if m.link in speaking or not m.patience_s()]

    def _recruit(self) -> None:
        """Give every idle process a job, start those that are missing, end those without work."""
        for member in [m for m in self._members if m.is_ready and not m.job]:
            if self._more():
                member.give(self._waiting.popleft())
            else:
                self._dismiss(member)
        starting = sum(not m.is_ready for m in self._members)
        while len(self._members) < self._size and self._more(starting + 1):
            self._members.append(Member(self._setup, self._core()))
            starting += 1

    def _core(self) -> int | None:
        """Return a core that no process keeps to; None where there are more or fewer processes than cores."""
        if self._size != len(self._cores):
            return None
        return min(set(self._cores) - {member.core for member in self._members})

    def _more(self, count: int = 1) -> bool:
        """Return whether `count` jobs are waiting, fetched if need be."""
        while len(self._waiting) < count:
            job = next(self._jobs, None)
            if job is None:
                return False
            self._waiting.append(job)
        return True

    def _dismiss(self, member: Member) -> None:
        self._members.remove(member)
        member.close()

    def _hear(self, member: Member) -> Done | None:
        try:
            done = member.take()
        except EOFError as error:
            job, reason = member.job, str(error)
            self._dismiss(member)
            return self._lost(job, reason)
        self._losses.none()
        return done

    def _lost(self, job: Job | None, reason: str) -> Done | None:
        """Put the job of a process that has ended back, or give it up."""
        if job is None:
            self._losses.before_a_job(reason)
            return None
        given_up = self._losses.over(job, reason)
        if not given_up:
            self._waiting.appendleft(job)
        return given_up
