"""The warm process: it has imported numpy and forks a child for every submission."""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import socket
import struct
from typing import NoReturn

import msgspec

from grader.worker.pipe import READY, REFUSED, reader, writer
from grader.worker.restrict import Rlimits, Walls, fork, restrict, rules
from grader.worker.serve import serve, warm_up

FORK, WAIT = b"f", b"w"
PID = struct.Struct("<i")
MESSAGE_BYTES = 128 * 1024
"""Largest message on the control socket."""


def main(descriptor: int) -> None:
    """Read the walls from the control socket, then serve fork and wait requests until it closes."""
    warm_up()
    # Exclude all objects so far from garbage collection. A collection in a child would else write to each of
    # them, and so copy the memory pages that it shares with this process.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=descriptor) as control:
        warm = Warm(control, msgspec.msgpack.decode(control.recv(MESSAGE_BYTES), type=Walls))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the parent ended during a request
            control.sendall(READY)
            while warm.answer():
                pass


class Warm:
    """Forks the children, which inherit the walls, Landlock's rules and the size of the interpreter."""

    def __init__(self, control: socket.socket, walls: Walls) -> None:
        self._control, self._walls = control, walls
        self._rules = rules(walls)
        self._base_bytes = _virtual_bytes()

    def answer(self) -> bool:
        """Answer the next request; return False if the socket is closed."""
        request, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE_BYTES, 1)
        if request[:1] == FORK:
            self.fork(msgspec.msgpack.decode(request[1:], type=Rlimits), descriptors[0])
        elif request:
            self._control.sendall(PID.pack(os.waitpid(PID.unpack(request[1:])[0], 0)[1]))
        return bool(request)

    def fork(self, limits: Rlimits, data: int) -> None:
        """Fork a child that serves on `data`; send back its process id and a descriptor of the process."""
        try:
            pid = fork(self._walls)
        except OSError as error:
            os.close(data)
            self._control.sendall(PID.pack(-1) + str(error).encode())
            return
        if pid == 0:
            self.child(limits, data)
        os.close(data)
        pidfd = os.pidfd_open(pid)
        socket.send_fds(self._control, [PID.pack(pid)], [pidfd])
        os.close(pidfd)

    def child(self, limits: Rlimits, data: int) -> NoReturn:
        """Put up the walls, report that they are up, and serve on `data`; never return."""
        status = 1
        try:
            status = self._serve(limits, data)
        finally:
            os._exit(status)

    def _serve(self, limits: Rlimits, data: int) -> int:
        send = writer(data)
        self._control.detach()
        try:
            self._shut(limits, data)
        except OSError as error:
            send(REFUSED + str(error).encode())
            return 1
        send(READY)
        serve(reader(data), send)
        return 0

    def _shut(self, limits: Rlimits, data: int) -> None:
        os.setsid()
        # Standard input is the null device, and so are 1 and 2 now: a child cannot write to a terminal.
        os.dup2(0, 1)
        os.dup2(0, 2)
        # Close all else that the child has inherited, such as the control socket.
        for low, high in _gaps(data, self._rules):
            os.closerange(low, high)
        restrict(self._walls, limits, rules=self._rules, base_bytes=self._base_bytes)


def _gaps(*kept: int) -> list[tuple[int, int]]:
    """Return the ranges of descriptors above 2 without those in `kept`."""
    edges = [2, *sorted(k for k in kept if k > 2), os.sysconf("SC_OPEN_MAX")]
    return [(low + 1, high) for low, high in itertools.pairwise(edges)]


def _virtual_bytes() -> int:
    """Return the bytes of address space in use; the memory limit of a student comes on top of them."""
    with open("/proc/self/statm") as statm:  # noqa: PTH123  # avoids importing pathlib
        return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
