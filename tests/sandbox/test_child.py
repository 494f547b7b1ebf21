"""A child meets its deadlines whatever it does with its socket, and its end is certain."""

from __future__ import annotations

import os
import socket
import threading

import pytest

from grader.sandbox import Limits
from grader.sandbox.child import Child
from grader.sandbox.levels import start
from grader.sandbox.protocol import TimeUpError
from grader.worker import frames


def own_child(ours: socket.socket, *, wall_s: float = 0.05) -> Child:
    return Child(ours, os.pidfd_open(os.getpid()), cpu_s=60.0, wall_s=wall_s, reap=lambda: 0)


def test_a_peer_that_takes_nothing_meets_the_wall_clock() -> None:
    ours, theirs = socket.socketpair()
    child = own_child(ours)
    with theirs, pytest.raises(TimeUpError) as caught:
        child.send(b"x" * 10_000_000)
    assert caught.value.cpu is False
    os.close(child._pidfd)
    ours.close()


def test_a_slow_drip_of_bytes_meets_the_same_deadline() -> None:
    ours, theirs = socket.socketpair()
    child = own_child(ours, wall_s=0.2)
    ended = threading.Event()

    def drip() -> None:
        while not ended.wait(0.005):
            theirs.sendall(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    child.begin()
    with pytest.raises(TimeUpError) as caught:
        child.read(10_000)
    ended.set()
    thread.join()
    assert caught.value.cpu is False
    os.close(child._pidfd)
    ours.close()
    theirs.close()


def test_a_peer_that_is_gone_is_an_end() -> None:
    ours, theirs = socket.socketpair()
    child = own_child(ours)
    theirs.close()
    with pytest.raises(EOFError):
        child.send(b"x")
    with pytest.raises(EOFError):
        child.read(1)
    os.close(child._pidfd)
    ours.close()


def test_reset_connections_are_an_end() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(b"1")
    child = own_child(ours)
    ours.shutdown(socket.SHUT_RD)
    assert child.read(1) == b"1"
    with pytest.raises(EOFError):
        child.read(1)
    theirs.close()
    os.close(child._pidfd)
    ours.close()


def test_killing_a_child_that_ended_by_itself_is_no_error() -> None:
    source = start("limits")
    child = source.fork(Limits())
    child.send(frames.pack(0, b"", [b"\xc1"]))
    assert child.kill(settle_s=5.0) == 1
    source.close()


def test_a_child_that_is_gone_has_no_more_time() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(3)
    pidfd = os.pidfd_open(pid)
    ours, theirs = socket.socketpair()
    child = Child(ours, pidfd, cpu_s=60.0, wall_s=60.0, reap=lambda: 0)
    status = os.waitpid(pid, 0)[1]
    child._reap = lambda: status
    assert child.spent_cpu_s() == 0.0
    theirs.close()
    assert child.kill() == 3


def test_a_connection_that_is_reset_is_an_end() -> None:
    ours, theirs = socket.socketpair()
    child = own_child(ours, wall_s=60.0)
    ours.sendall(b"unread")
    theirs.close()
    with pytest.raises(EOFError):
        child.read(1)
    os.close(child._pidfd)
    ours.close()
