"""Warm processes on this machine, one for each core that may be used."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from typing import Final

from grader.errors import ExecutorError
from grader.executors.jobs import Done, Job, Setup
from grader.executors.member import Member

TRIES: Final = 2


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Local:
    """As many processes as there are jobs for, at most `jobs`; 0 stands for one a core."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or cores()

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
        self._tries: Counter[int] = Counter()
        self._members: list[Member] = []
        self._stillborn = 0

    def close(self) -> None:
        for member in self._members:
            member.close()

    def work(self) -> Iterator[Done]:
        self._recruit()
        while self._members:
            by_link = {member.link: member for member in self._members}
            found = [self._hear(by_link[link]) for link in wait(list(by_link))]  # type: ignore[index]  # ours
            # New jobs go out before anybody looks at the answers: no process waits for the coordinator.
            self._recruit()
            yield from (done for done in found if done)

    def _recruit(self) -> None:
        """Give every idle process a job, start those that are missing, end those without work."""
        for member in [m for m in self._members if m.is_ready and not m.job]:
            if self._more():
                member.give(self._waiting.popleft())
            else:
                self._dismiss(member)
        starting = sum(not m.is_ready for m in self._members)
        while len(self._members) < self._size and self._more(starting + 1):
            self._members.append(Member(self._setup))
            starting += 1

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
        self._stillborn = 0
        return done

    def _lost(self, job: Job | None, reason: str) -> Done | None:
        """Put the job of a process that has ended back, or give it up."""
        if job is None:
            self._stillborn += 1
            if reason or self._stillborn == TRIES:
                raise ExecutorError(reason or "The grading processes end before they are ready.")
            return None
        self._tries[job.key] += 1
        if self._tries[job.key] == TRIES:
            return Done(job.key, fault=reason or "two processes in a row ended over it")
        self._waiting.appendleft(job)
        return None
