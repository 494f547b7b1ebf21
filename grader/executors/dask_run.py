"""The jobs of one run on their way to a cluster's workers and back: one Dask task a try."""

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
"""Tasks in the cluster for each of its workers, so that none waits for the coordinator."""
_LEAST: Final = 32
"""Tasks in the cluster however few workers it has, so that one that grows with its load does."""
_NAP_S: Final = 0.01
"""How long the coordinator rests where nothing has come: workers have their next jobs meanwhile."""
_LOOK_S: Final = 2.0
"""How often it looks whether there are workers."""


class DaskRun:
    """Owns the tasks of a run; nobody else retries them.

    Args:
        say: gets a sentence where there is reason to wait.
        heed: called over and over where the run may end; raises whatever ends it.
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
        self._is_empty, self._looked = False, -_LOOK_S
        self._retries = Retries()
        self._sent: dict[str, Job] = {}
        self._finished = as_completed(loop=client.loop)
        self._names = (f"grade-{uuid.uuid4().hex}-{number}" for number in count())

    def work(self) -> Iterator[Done]:
        """Yield what came of each job."""
        self._fill()
        while self._sent:
            self._heed()
            if not self._finished.has_ready():
                self._look()
                time.sleep(_NAP_S)
                continue
            done = self._took(next(self._finished))
            self._is_empty = False
            self._fill()
            if done:
                yield done

    def _look(self) -> None:
        """Say once that there is no worker, as long as there is none."""
        if time.monotonic() < self._looked + _LOOK_S:
            return
        self._looked = time.monotonic()
        is_empty = not self._workers()
        if is_empty and not self._is_empty:
            self._say("The cluster has no workers; grading goes on with the next.")
        self._is_empty = is_empty

    def _fill(self) -> None:
        """Send jobs until there are enough for all workers: memory stays flat, however large the class is."""
        enough = max(_LEAST, _EACH * self._workers())
        for job in islice(self._jobs, max(0, enough - len(self._sent))):
            self._send(job)

    def _send(self, job: Job) -> None:
        self._heed()
        name = next(self._names)
        self._sent[name] = job
        task = self._client.submit(dask_worker.do, self._setup, job.payload, name, key=name, pure=False)
        self._finished.add(task)

    def _took(self, future: Future[bytes]) -> Done | None:
        """Return what came of a job; None if it has been sent again."""
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
        """Return the answer of a worker, or one in place of workers that have ended too often for Dask."""
        try:
            return future.result()
        except KilledWorker:
            # Dask condemns whatever a worker had, also what only waited there: the mark knows better.
            mark = Event(future.key, self._client)
            begun = mark.is_set()
            mark.clear()
            return FAULT if begun else UNFIT
        except GraderError:
            raise
        except Exception as error:  # whatever comes of a worker without our code, or of a lost scheduler
            raise _failure(error) from error

    def _workers(self) -> int:
        try:
            return len(self._client.nthreads())
        except Exception as error:  # a lost scheduler says so in many ways
            raise _failure(error) from error


def _failure(error: Exception) -> ExecutorError:
    reason = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".")
    return ExecutorError(f"The cluster cannot grade: {reason}.")
