"""The walls of a child, step by step: in which order, with which arguments, and what happens if one fails."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable

import msgspec
import pytest

from grader.worker import frames, landlock, restrict
from grader.worker.pipe import READY, REFUSED, reader, writer
from grader.worker.restrict import Rlimits, Walls
from grader.worker.warm import FORK, PID, WAIT, Warm, main

RLIMITS = Rlimits(cpu_s=60, memory_mb=64, file_bytes=0, open_files=8, processes=0)
needs_landlock = pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock")


class Recorder:
    """Stands for the C library, since the real calls would shut in the tests themselves."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: object) -> int:
            plain = (a.value if isinstance(a, ctypes.c_long) else a for a in arguments)
            self.calls.append((name, *plain))
            return 0

        return call


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    one = Recorder()
    monkeypatch.setattr(restrict, "libc", lambda: one)
    monkeypatch.setattr(landlock, "libc", lambda: one)
    return one


def test_the_filter_comes_last_and_nothing_before_no_new_privileges(
    library: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = []
    monkeypatch.setattr(restrict, "limit", lambda limits, base: limited.append((limits, base)))
    before = signal.getsignal(signal.SIGPIPE)
    rules = os.open(os.devnull, os.O_RDONLY)
    walls = Walls(clone=56, readable=(), seccomp=b"12345678", capabilities=True)
    restrict.restrict(walls, RLIMITS, rules=rules, base_bytes=7)
    signal.signal(signal.SIGPIPE, before)
    seccomp = library.calls.pop()
    assert library.calls == [
        ("prctl", 1, signal.SIGKILL),
        ("mount", b"tmpfs", b"/proc", b"tmpfs", 15, None),
        ("capset", struct.pack("=Ii", 0x20080522, 0), bytes(24)),
        ("prctl", 38, 1, 0, 0, 0),
        ("syscall", 446, rules, 0),
    ]
    assert seccomp[:3] == ("prctl", 22, 2)
    assert struct.unpack("@HP", seccomp[3])[0] == 1
    assert limited == [(RLIMITS, 7)]
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(rules)


def test_a_wall_that_is_not_asked_for_is_not_built(library: Recorder) -> None:
    before = signal.getsignal(signal.SIGPIPE)
    restrict.restrict(Walls(rlimits=False), RLIMITS, rules=-1, base_bytes=0)
    signal.signal(signal.SIGPIPE, before)
    assert library.calls == [("prctl", 1, signal.SIGKILL), ("prctl", 38, 1, 0, 0, 0)]
    assert restrict.rules(Walls()) == -1


def test_a_fork_into_namespaces_is_one_call(library: Recorder) -> None:
    assert restrict.fork(Walls(clone=56)) == 0
    assert library.calls == [("syscall", 56, 0x7E020000 | signal.SIGCHLD, 0, 0, 0, 0)]


def test_a_call_that_fails_is_an_error_with_its_reason() -> None:
    ctypes.set_errno(1)
    with pytest.raises(PermissionError, match="what: Operation not permitted"):
        landlock.checked(-1, "what")


def test_a_kernel_without_landlock_has_version_0(library: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "syscall", lambda *_: -1, raising=False)
    assert landlock.abi() == 0


@pytest.mark.parametrize(
    ("version", "rights"),
    [
        (1, (0x1FFF,)),
        (2, (0x3FFF,)),
        (3, (0x7FFF,)),
        (4, (0x7FFF, 3)),
        (5, (0xFFFF, 3)),
        (6, (0xFFFF, 3, 3)),
        (8, (0xFFFF, 3, 3)),
        (9, (0x1FFFF, 3, 3)),
        (10, (0x1FFFF, 15, 3)),
        (99, (0x1FFFF, 15, 3)),
    ],
)
def test_every_right_that_a_version_knows_is_taken_away(version: int, rights: tuple[int, ...]) -> None:
    assert landlock.handled(version) == struct.pack(f"={len(rights)}Q", *rights)


@needs_landlock
def test_rules_are_made_of_folders_and_files() -> None:
    rules = restrict.rules(Walls(readable=(os.path.dirname(os.__file__), os.__file__)))  # noqa: PTH120  # text
    assert rules > 2
    os.close(rules)
    with pytest.raises(FileNotFoundError):
        landlock.ruleset(["/nowhere"])


def in_child(act: Callable[[], object]) -> int:
    """Return the exit code of a child that does `act`: 0 if it raised nothing."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_every_limit_is_set_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    monkeypatch.setattr(resource, "setrlimit", lambda name, value: found.update({name: value}))
    restrict.limit(RLIMITS, 1000)
    memory = 1000 + 64 * 2**20
    assert found == {
        resource.RLIMIT_CPU: (60, 61),
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (8, 8),
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }


def test_limits_hold_for_the_process_that_sets_them() -> None:
    ours, theirs = os.pipe()

    def beyond() -> None:
        restrict.limit(RLIMITS, 0)
        try:
            bytearray(512 * 2**20)
        except MemoryError:
            os.write(theirs, b"memory")

    in_child(beyond)
    assert os.read(ours, 9) == b"memory"
    os.close(ours)
    os.close(theirs)


@needs_landlock
def test_a_child_under_landlock_reads_only_what_is_named(tmp_path: os.PathLike[str]) -> None:
    kept, lost = os.path.join(tmp_path, "kept"), os.path.join(tmp_path, "lost")  # noqa: PTH118  # text
    for name in (kept, lost):
        with open(name, "w") as file:  # noqa: PTH123  # text
            file.write("x")
    ours, theirs = os.pipe()

    def look() -> None:
        walls = Walls(readable=(kept,), rlimits=False)
        restrict.restrict(walls, RLIMITS, rules=restrict.rules(walls), base_bytes=0)
        found = b""
        for name in (kept, lost):
            try:
                os.close(os.open(name, os.O_RDONLY))
                found += b"+"
            except PermissionError:
                found += b"-"
        os.write(theirs, found)

    in_child(look)
    assert os.read(ours, 9) == b"+-"
    os.close(ours)
    os.close(theirs)


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


def test_exact_reads_join_parts_and_end() -> None:
    ours, theirs = os.pipe()
    write, read = writer(theirs), reader(ours)
    write(b"ab")
    write(b"cd")
    assert read(3) == b"abc"
    os.close(theirs)
    with pytest.raises(EOFError):
        read(2)
    os.close(ours)
