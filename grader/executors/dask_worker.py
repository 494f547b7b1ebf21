"""The code in a Dask worker: it keeps one warm grading process and gives it one submission after the other.

It loads neither a student's code nor anything that such code made: jobs and answers are bytes that it passes
on.
"""

from __future__ import annotations

import atexit
import threading
from typing import Final

from distributed import Event

from grader.executors import jobs
from grader.executors.jobs import DONE, FAULT, Job, Setup
from grader.executors.process_handle import ProcessHandle

UNFIT: Final = b"!"
"""First byte of the answer if the grading process could not be started."""


class _WorkerProcess:
    """The grading process of this worker, and its set-up."""

    def __init__(self) -> None:
        # A worker may have many threads. Only one has a job at a time, so that it is certain which submission
        # was being graded if the worker ends.
        self.lock = threading.Lock()
        self._handle: ProcessHandle | None = None
        self._setup: Setup | None = None

    def taken(self, setup: Setup) -> ProcessHandle:
        """Return a process that is ready; raises `EOFError` with the reason if there is none."""
        if self._handle and self._setup == setup:
            return self._handle
        self.clear()
        self._handle, self._setup = ProcessHandle(setup), setup
        while not self._handle.is_ready:
            self._handle.take()
        return self._handle

    def clear(self) -> None:
        """End the process if there is one."""
        process, self._handle = self._handle, None
        if process:
            process.close()


_process = _WorkerProcess()
atexit.register(_process.clear)


def do(setup: bytes, payload: bytes, name: str) -> bytes:
    """Do one job of the coordinator; the first byte of the answer tells whether it succeeded.

    A mark with the given `name` is set in the scheduler while the job runs. If it is set already, a worker
    ended during this job, and this call is Dask's own retry. It is refused, because the coordinator counts
    the tries.
    """
    with _process.lock:
        mark = Event(name)
        if mark.is_set():
            mark.clear()
            return FAULT
        mark.set()
        try:
            return _answer(jobs.setup(setup), payload)
        finally:
            mark.clear()


def _answer(setup: Setup, payload: bytes) -> bytes:
    kind = UNFIT
    try:
        process = _process.taken(setup)
        kind = FAULT
        process.give(Job(0, payload))
        while not (done := process.take()):
            pass
        return DONE + done.payload
    except EOFError as error:
        _process.clear()
        return kind + str(error).encode()
