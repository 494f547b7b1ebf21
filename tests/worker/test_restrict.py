"""The walls of a child, step by step: in which order, with which arguments, and what happens if one fails."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
from collections.abc import Callable

import pytest

from grader.worker import landlock, restrict
from grader.worker.restrict import Rlimits, Walls

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


@needs_landlock
def test_rules_are_made_of_folders_and_files() -> None:
    rules = restrict.rules(Walls(readable=(os.path.dirname(os.__file__), os.__file__)))  # noqa: PTH120  # text
    assert rules > 2
    os.close(rules)


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
