"""The warm process: numpy imported, nothing else done, forks a child for every submission."""

from __future__ import annotations

import os
import signal
import socket
import struct

import msgspec
import numpy as np

from grader.worker.frames import Receive
from grader.worker.serve import serve

FORK, WAIT = b"f", b"w"
PID = struct.Struct("<i")


class Rlimits(msgspec.Struct, frozen=True):
    """What the child may use; set by the child itself, for good."""

    cpu_s: int
    memory_mb: int
    file_bytes: int
    open_files: int


def main(descriptor: int, limits: bytes) -> None:
    """Serve fork and wait requests on `descriptor` until it closes."""
    control = socket.socket(fileno=descriptor)
    # First uses are slow; made here, every child inherits them done.
    np.random.seed(0)
    np.linalg.inv(np.eye(2))
    rlimits = msgspec.json.decode(limits, type=Rlimits)
    try:
        while _answer(control, rlimits):
            pass
    except (BrokenPipeError, ConnectionResetError):
        return  # the parent ended in the middle of a question


def _answer(control: socket.socket, limits: Rlimits) -> bool:
    """Serve one request; False at the end of the connection."""
    request, descriptors, _, _ = socket.recv_fds(control, 1 + PID.size, 1)
    if request[:1] == FORK:
        _fork(control, descriptors[0], limits)
    elif request:
        control.sendall(PID.pack(os.waitpid(PID.unpack(request[1:])[0], 0)[1]))
    return bool(request)


def _fork(control: socket.socket, data: int, limits: Rlimits) -> None:
    pid = os.fork()
    if pid == 0:
        child(control, data, limits)
    os.close(data)
    pidfd = os.pidfd_open(pid)
    socket.send_fds(control, [PID.pack(pid)], [pidfd])
    os.close(pidfd)


def child(control: socket.socket, data: int, limits: Rlimits) -> None:
    """Shut every door but `data`, then serve; never returns."""
    status = 1
    try:
        os.setsid()
        control.close()
        restrict(limits)
        stream = socket.socket(fileno=data)
        serve(exactly(stream), stream.sendall)
        status = 0
    finally:
        os._exit(status)


def restrict(limits: Rlimits) -> None:
    """Set the resource limits of this process."""
    import resource  # POSIX only, as is this whole module's fork

    used = _virtual_bytes()
    for name, value in (
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_AS, used + limits.memory_mb * 2**20),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (value, value))
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _virtual_bytes() -> int:
    """Return the address space in use: numpy's own share is not the student's."""
    with open("/proc/self/statm") as statm:  # noqa: PTH123  # pathlib is not worth its import here
        return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def exactly(stream: socket.socket) -> Receive:
    """Return a reader of exactly n bytes from `stream`; raises `EOFError` at its end."""

    def read(count: int) -> bytes:
        parts = []
        while count:
            part = stream.recv(min(count, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    return read
