"""One grading process as its coordinator sees it: it takes a job, returns a result, and can be ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import Pipe

from grader.errors import ExecutorError
from grader.executors.jobs import ALIVE, FAULT, READY, Done, Job, Setup, encode
from grader.sandbox.paths import ONE_THREAD

_START_S = 300.0
"""Seconds that a process may take to become ready; it computes the expected answers of the whole course."""
_END_S = 5.0
"""Seconds that a process may take to clean up before it is killed."""


class ProcessHandle:
    """A context manager that owns one process. It has one job at a time, so that no side blocks the other.

    Args:
        core: the number of the core to which the process and its workers are pinned, if any.
    """

    def __init__(self, setup: Setup, core: int | None = None) -> None:
        self.core = core
        self.link, theirs = Pipe()
        self.job: Job | None = None
        self.is_ready = False
        self._silence_s, self._took = setup.silence_s, time.monotonic()
        # `-P`: a file in the current folder, such as a student's numpy.py, must not be imported.
        command = [sys.executable, "-P", "-m", "grader.executors.process", str(theirs.fileno())]
        try:
            # In a session of its own, the process gets no Ctrl-C; the coordinator acts on it.
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env=os.environ | ONE_THREAD,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            self.link.close()
            raise ExecutorError(f"A grading process cannot be started: {error.strerror}.") from error
        finally:
            theirs.close()
        if core is not None:
            with suppress(OSError):  # if it has ended, or if the core is not available any more, go on
                os.sched_setaffinity(self._process.pid, {core})
        self._send(encode(setup))

    def __enter__(self) -> ProcessHandle:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process: an idle one by closing its connection, a busy one by SIGTERM."""
        self.link.close()
        if self.job or not self.is_ready:
            self._process.terminate()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def give(self, job: Job) -> None:
        """Send a job; if the process has ended, `take` raises the error."""
        self.job, self._took = job, time.monotonic()
        self._send(job.payload)

    def patience_s(self) -> float:
        """Return the seconds for which the process may still be silent before it counts as hung."""
        return max(0.0, self._took + self._limit_s() - time.monotonic())

    def _limit_s(self) -> float:
        return self._silence_s if self.is_ready else _START_S

    def _send(self, data: bytes) -> None:
        try:
            self.link.send_bytes(data)
        except OSError:
            return  # the process has ended, which the next `take` reports

    def take(self) -> Done | None:
        """Return the result of the job, or None if the process reports that it is ready or at work.

        Raises `EOFError`, with the reason if it is known, if the process has ended or hangs.
        """
        try:
            if not self.link.poll(self.patience_s()):
                raise EOFError(f"A grading process has said nothing for {self._limit_s():g} s.")
            payload = self.link.recv_bytes()
        except OSError as error:
            raise EOFError from error
        self._took = time.monotonic()
        if payload.startswith(FAULT):
            raise EOFError(payload[1:].decode())
        if payload in (READY, ALIVE):
            self.is_ready = True
            return None
        assert self.job
        job, self.job = self.job, None
        return Done(job.key, payload[1:])
