"""The warm process and the children it forks."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

import grader
from grader.errors import SandboxError
from grader.sandbox.child import Child
from grader.sandbox.limits import Limits
from grader.sandbox.session import Session
from grader.worker.warm import FORK, PID, WAIT, Rlimits

LEVELS = ("limits",)
_BOOT = """
import sys
sys.path.insert(0, sys.argv[1])
from grader.worker.warm import main
del sys.path[0]
main(int(sys.argv[2]), sys.argv[3].encode())
"""


class Sandbox:
    """A context manager that owns one warm process; not to be shared between threads."""

    def __init__(self, *, level: str = "limits", limits: Limits | None = None) -> None:
        if level not in LEVELS:
            raise SandboxError(f"There is no sandbox level {level}; this version has {', '.join(LEVELS)}.")
        self.level = level
        self.limits = limits or Limits()
        self._control, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [*_command(), str(theirs.fileno()), _rlimits(self.limits).decode()],
                pass_fds=[theirs.fileno()],
                env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        except OSError as error:
            self._control.close()
            raise SandboxError(f"The worker cannot be started: {error}.") from error
        finally:
            theirs.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()

    def open(self, files: Mapping[str, bytes], *, givens: bytes = b"") -> Session:
        """Return a session for one submission; its child is forked when it is first asked."""
        return Session(self, files, givens, self.limits)

    def fork(self) -> tuple[Child, int]:
        """Return a new child and its pid as the warm process knows it."""
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self._control, [FORK], [theirs.fileno()])
            answer, descriptors, _, _ = socket.recv_fds(self._control, PID.size, 1)
            (pid,) = PID.unpack(answer)
        except (OSError, struct.error) as error:
            ours.close()
            raise SandboxError(f"The warm worker process has ended: {error}.") from error
        finally:
            theirs.close()
        limits = self.limits
        wall_s = limits.cpu_s * limits.wall_factor
        return Child(ours, descriptors[0], cpu_s=limits.cpu_s, wall_s=wall_s), pid

    def reap(self, pid: int) -> int:
        """Return the wait status of a child that has ended or is about to."""
        self._control.sendall(WAIT + PID.pack(pid))
        status: int = PID.unpack(self._control.recv(PID.size))[0]
        return status


def _command() -> list[str]:
    root = str(Path(grader.__file__).resolve().parents[1])
    return [os.fspath(sys.executable), "-I", "-c", _BOOT, root]


def _rlimits(limits: Limits) -> bytes:
    wire = Rlimits(
        cpu_s=limits.total_cpu_s,
        memory_mb=limits.memory_mb,
        file_bytes=limits.file_bytes,
        open_files=limits.open_files,
    )
    return msgspec.json.encode(wire)
