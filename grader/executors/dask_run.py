"""Send the jobs of one run to a cluster's workers and collect the answers; each try is a Dask task."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Final

from distributed import Client, Event, Future, KilledWorker, as_completed

from grader.errors import ExecutorError, GraderError
from grader.executors import dask_worker
from grader.executors.dask_worker import UNFIT
from grader.executors.jobs import DONE, FAULT, Done, Job, Setup, encode
from grader.executors.retries import Retries

_EACH: Final = 3
"""Tasks per worker in the cluster, so that no worker waits for the coordinator."""
_LEAST: Final = 32
"""Least number of tasks in the cluster: one that grows with its load needs some to start workers."""
_NAP_S: Final = 0.01
"""Seconds between two checks for answers; meanwhile, the workers have further jobs."""
_LOOK_S: Final = 2.0
"""Seconds between two checks for workers."""


class DaskRun:
    """Owns the tasks of a run and counts their tries; Dask's own retries are refused.

    Args:
        say: called with a sentence when the user has to wait.
        heed: called repeatedly where the run may end; raises the exception that ends it.
    """

    def __init__(
        self,
        client: Client,
        setup: Setup,
        jobs: Iterator[Job],
        *,
        say: Callable[[str], object],
        heed: Callable[[], object],
    ) -> None:
        self._client, self._setup, self._jobs = client, encode(setup), jobs
        self._say, self._heed = say, heed
        self._is_empty, self._looked = False, -_LOOK_S  # the first check comes at once
        self._retries = Retries()
        self._sent: dict[str, Job] = {}
        self._finished = as_completed(loop=client.loop)
        self._names = (f"grade-{uuid.uuid4().hex}-{number}" for number in count())

    def work(self) -> Iterator[Done]:
        """Yield the result of each job."""
        self._fill()
        while self._sent:
            self._heed()
            if not self._finished.has_ready():
                self._check_workers()
                time.sleep(_NAP_S)
                continue
            done = self._receive(next(self._finished))
            self._is_empty = False
            self._fill()
            if done:
                yield done

    def _check_workers(self) -> None:
        """Say that there is no worker, once until the next answer."""
        if time.monotonic() < self._looked + _LOOK_S:
            return
        self._looked = time.monotonic()
        is_empty = not self._workers()
        if is_empty and not self._is_empty:
            self._say("The cluster has no workers; grading goes on with the next.")
        self._is_empty = is_empty

    def _fill(self) -> None:
        """Send as many jobs as the workers need, so that memory does not grow with the class."""
        enough = max(_LEAST, _EACH * self._workers())
        for job in islice(self._jobs, max(0, enough - len(self._sent))):
            self._send(job)

    def _send(self, job: Job) -> None:
        self._heed()
        name = next(self._names)
        self._sent[name] = job
        task = self._client.submit(dask_worker.do, self._setup, job.payload, name, key=name, pure=False)
        self._finished.add(task)

    def _receive(self, future: Future[bytes]) -> Done | None:
        """Return the result of a job, or None if it has been sent again."""
        job = self._sent.pop(str(future.key))
        answer = self._answer(future)
        kind, rest = answer[:1], answer[1:]
        if kind == DONE:
            self._retries.started()
            return Done(job.key, rest)
        given_up = self._lost(job, rest.decode(), over=kind == FAULT)
        if not given_up:
            self._send(job)
        return given_up

    def _lost(self, job: Job, reason: str, *, over: bool) -> Done | None:
        if over:
            return self._retries.failed_job(job, reason)
        self._retries.failed_start(reason and f"A worker of the cluster cannot grade: {reason}", job.key)
        return None

    def _answer(self, future: Future[bytes]) -> bytes:
        """Return a worker's answer, or a stand-in if Dask has given the task up because workers ended."""
        try:
            return future.result()
        except KilledWorker:
            # Dask gives up every task of a worker that ended, also those that only waited there. The mark
            # tells whether this task was running.
            mark = Event(future.key, self._client)
            begun = mark.is_set()
            mark.clear()
            return FAULT if begun else UNFIT
        except GraderError:
            raise
        except Exception as error:  # a worker without our code, or a lost scheduler, raises many types
            raise _failure(error) from error

    def _workers(self) -> int:
        try:
            return len(self._client.nthreads())
        except Exception as error:  # a lost scheduler raises many types
            raise _failure(error) from error


def _failure(error: Exception) -> ExecutorError:
    reason = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".")
    return ExecutorError(f"The cluster cannot grade: {reason}.")
