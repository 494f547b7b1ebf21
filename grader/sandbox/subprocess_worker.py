"""Level none: a plain process for each submission, on any system, with a time limit and no walls."""

from __future__ import annotations

import contextlib
import math
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from grader.errors import SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.paths import boot, environment
from grader.sandbox.protocol import START_S, Peer, TimeUpError, ready

_CHUNK_BYTES = 1 << 16
_CHUNKS = 64


class Plain:
    """Starts an interpreter for every submission; it needs no fork, pidfd or poll, which Windows lacks."""

    def __init__(self) -> None:
        self._spare: PlainPeer | None = None

    def prepare(self) -> None:
        """Start the next worker in advance."""
        self._spare = self._spare or _started()

    def fork(self, limits: Limits) -> Peer:
        """Return the spare worker if there is one, else a new one; only the wall clock limits its time."""
        peer, self._spare = self._spare or _started(), None
        peer.begin()  # the clock of a spare worker started when it did
        return ready(peer, limits)

    def close(self) -> None:
        """End the spare worker; the others end with their sessions."""
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.kill()


def _started() -> PlainPeer:
    command = [sys.executable, *boot("grader.worker.stdio_worker", "main()")]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(sys.executable).anchor,
            env=environment("SYSTEMROOT", "PATH", "TEMP", "TMP"),
            bufsize=0,
        )
    except OSError as error:
        raise SandboxError(f"The worker cannot be started: {error}.") from error
    return PlainPeer(process)


class PlainPeer:
    """A `Peer` behind two pipes. A thread reads, because Windows cannot wait for a pipe with a timeout."""

    def __init__(self, process: subprocess.Popen[bytes], *, wall_s: float = START_S) -> None:
        self._process, self.wall_s = process, wall_s
        assert process.stdin is not None
        assert process.stdout is not None
        self._questions, self._answers = process.stdin, process.stdout
        self._chunks: queue.Queue[bytes] = queue.Queue(_CHUNKS)
        self._buffer = bytearray()
        self._reader = threading.Thread(target=_pump, args=(self._answers, self._chunks), daemon=True)
        self._reader.start()
        self._start = time.monotonic()

    def within(self, limits: Limits) -> None:
        """Apply `limits` to the calls that follow."""
        self.wall_s = limits.wall_s

    def begin(self, *, asleep_s: float = math.inf) -> None:
        """Start the clock of the next call; sleep is not measured."""
        self._start = time.monotonic()

    def asleep_s(self) -> float:
        """Return 0, because sleep is not measured."""
        return 0.0

    def spent_cpu_s(self) -> float:
        """Return the wall-clock time since `begin`."""
        return time.monotonic() - self._start

    def send(self, data: bytes) -> None:
        """Send all of `data`; raises `TimeUpError` if the worker does not take it."""
        # A thread, because a write to a full pipe blocks for as long as the worker does not read.
        thread = threading.Thread(target=_write, args=(self._questions, data), daemon=True)
        thread.start()
        thread.join(self.wall_s)
        if thread.is_alive():
            raise TimeUpError(cpu=False)

    def read(self, count: int) -> bytes:
        """Return exactly `count` bytes; raises `EOFError` at the end, `TimeUpError` at the limit."""
        while len(self._buffer) < count:
            self._buffer += self._chunk()
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    def _chunk(self) -> bytes:
        left = self.wall_s - self.spent_cpu_s()
        try:
            chunk = self._chunks.get(timeout=max(left, 0.001))
        except queue.Empty as error:
            raise TimeUpError(cpu=False) from error
        if left <= 0:  # a chunk was waiting in the queue, but a flood of chunks must not extend the time
            raise TimeUpError(cpu=False)
        if not chunk:
            raise EOFError
        return chunk

    def kill(self, *, settle_s: float = 0.0) -> int:
        """End the process; return its exit code, or minus its signal."""
        if settle_s:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(settle_s)
        self._process.kill()
        code = self._process.wait()
        while self._reader.is_alive():
            # The reader blocks while the queue is full. Empty it, so that the reader reaches the end of the
            # pipe.
            _drain(self._chunks)
            self._reader.join(0.01)
        _close(self._questions)
        self._answers.close()
        return code


def _pump(stream: IO[bytes], chunks: queue.Queue[bytes]) -> None:
    """Move bytes from the pipe to the queue; an empty chunk marks the end."""
    chunk = b"more"
    while chunk:
        chunk = stream.read(_CHUNK_BYTES)
        chunks.put(chunk)


def _write(stream: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    with contextlib.suppress(OSError, ValueError):  # the worker is gone, which the next read reports
        while rest:
            rest = rest[stream.write(rest) :]


def _drain(chunks: queue.Queue[bytes]) -> None:
    with contextlib.suppress(queue.Empty):
        while True:
            chunks.get_nowait()


def _close(stream: IO[bytes]) -> None:
    with contextlib.suppress(OSError):  # the pipe is unbuffered: nothing is lost
        stream.close()
