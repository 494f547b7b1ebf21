"""What runs in a Dask worker: it keeps one warm grading process and hands it one submission after the other.

No student's code and nothing that it made is loaded here: orders and answers are bytes that pass through.
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
"""Begins the answer of a worker whose grading process was not there for the job."""


class _WorkerProcess:
    """The one grading process of this worker, and what it was set up for."""

    def __init__(self) -> None:
        # However many threads the worker has: over which submission it ends must be beyond doubt.
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
        """End the process, if there is one."""
        process, self._handle = self._handle, None
        if process:
            process.close()


_process = _WorkerProcess()
atexit.register(_process.clear)


def do(setup: bytes, payload: bytes, name: str) -> bytes:
    """Do one job of the coordinator's; the answer says by its first byte what came of it.

    A mark, known to the scheduler by `name`, stands as long as the job is at work. If it stands already, a
    worker has ended over this very job: Dask's own second try is refused, for the coordinator counts them.
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
