"""The warm process forks a child for each submission, and says so when it cannot."""

from __future__ import annotations

import os
import socket

import msgspec

from grader.worker import frames
from grader.worker.pipe import READY, REFUSED
from grader.worker.restrict import Rlimits, Walls
from grader.worker.warm import FORK, PID, WAIT, Warm, main

RLIMITS = Rlimits(cpu_s=60, memory_mb=64, file_bytes=0, open_files=8, processes=0)


def asked(*messages: tuple[bytes, list[int]]) -> socket.socket:
    """Return our end of a control socket on which these messages were sent, and nothing will follow."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.sendall(msgspec.msgpack.encode(Walls(rlimits=False)))
    for data, descriptors in messages:
        socket.send_fds(ours, [data], descriptors)
    ours.shutdown(socket.SHUT_WR)
    main(theirs.detach())
    assert ours.recv(1) == READY
    return ours


def test_the_warm_process_forks_and_reaps_until_its_socket_closes() -> None:
    ours, theirs = socket.socketpair()
    setup = msgspec.msgpack.encode({"files": {}})
    ours.sendall(frames.pack(0, b"", [setup]))
    ours.shutdown(socket.SHUT_WR)
    control = asked((FORK + msgspec.msgpack.encode(RLIMITS), [theirs.fileno()]))
    theirs.close()
    answer, descriptors, _, _ = socket.recv_fds(control, 99, 1)
    assert ours.recv(9) == READY
    os.close(descriptors[0])
    control.close()
    control = asked((WAIT + answer, []))
    assert os.waitstatus_to_exitcode(PID.unpack(control.recv(PID.size))[0]) == 0
    control.close()
    ours.close()


def test_a_child_that_cannot_be_shut_in_says_why_and_ends() -> None:
    control, other = socket.socketpair()
    ours, theirs = socket.socketpair()
    warm = Warm(control, Walls(clone=0, seccomp=b"\xff" * 8, rlimits=False))
    warm.fork(RLIMITS, theirs.detach())
    answer, descriptors, _, _ = socket.recv_fds(other, 99, 1)
    status = os.waitpid(PID.unpack(answer)[0], 0)[1]
    said = ours.recv(999)
    for one in (control, other, ours):
        one.close()
    os.close(descriptors[0])
    assert (said, os.waitstatus_to_exitcode(status)) == (
        REFUSED + b"[Errno 22] PR_SET_SECCOMP: Invalid argument", 1,
    )  # fmt: skip


def test_a_fork_that_fails_is_told_in_its_place() -> None:
    control, other = socket.socketpair()
    ours, theirs = socket.socketpair()
    warm = Warm(control, Walls(clone=10**6, rlimits=False))
    warm.fork(RLIMITS, theirs.detach())
    assert other.recv(99) == PID.pack(-1) + b"[Errno 38] clone: Function not implemented"
    for one in (control, other, ours):
        one.close()
