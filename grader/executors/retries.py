"""Count the processes that ended without an answer; a job that ends two of them is given up."""

from __future__ import annotations

from collections import Counter
from typing import Final

from grader.errors import ExecutorError
from grader.executors.jobs import Done, Job

TRIES: Final = 2


class Retries:
    """The counts of one run."""

    def __init__(self) -> None:
        self._tries: Counter[int] = Counter()
        self._failed_starts: Counter[int] = Counter()

    def started(self) -> None:
        """Reset the count of failed starts, because a process has started."""
        self._failed_starts.clear()

    def failed_start(self, reason: str, key: int = 0) -> None:
        """Count a process that ended before it was ready; raises `ExecutorError` if others would end as well.

        Args:
            key: the key of the job that it was started for, if the end of one worker may fail several starts.
        """
        self._failed_starts[key] += 1
        # With a reason, such as a course that is missing, every further process would end as well.
        if reason or self._failed_starts[key] == TRIES:
            raise ExecutorError(reason or "The grading processes end before they are ready.")

    def failed_job(self, job: Job, reason: str) -> Done | None:
        """Count a process that ended during a job; return the job's fault, or None for another try."""
        self._tries[job.key] += 1
        if self._tries[job.key] < TRIES:
            return None
        return Done(job.key, fault=reason or "two processes in a row ended over it")
