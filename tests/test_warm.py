"""The worker as a process of its own, watched to its end: what it hands on, what it shuts, how it goes."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.answer import Answer, Case
from grader.sandbox import Sandbox
from grader.sandbox.child import Child
from grader.worker import frames, wire
from grader.worker.warm import FORK, PID, WAIT, Rlimits, child, exactly, main

pytestmark = pytest.mark.filterwarnings(
    # NumPy's own threads are idle, and no lock of theirs is taken at the fork.
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)
FORKS = multiprocessing.get_context("fork")
# Files may be written, unlike in earnest: coverage keeps what it measured in one.
LIMITS = Rlimits(cpu_s=60, memory_mb=2048, file_bytes=2**30, open_files=128)
SOURCE = b"""
import resource, sys
loads = []
def missing(z):
    import nothing_of_that_name
def f(z):
    loads.append(1)
    names = ("RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")
    limits = [resource.getrlimit(getattr(resource, name)) for name in names]
    return [sys.stdout.writable(), len(loads), *limits]
"""


def _main(ours: socket.socket, theirs: socket.socket) -> None:
    ours.close()
    with _measured_exits():
        main(theirs.detach(), msgspec.json.encode(LIMITS))


def _child(ours: socket.socket, theirs: socket.socket) -> None:
    ours.close()
    control, other = socket.socketpair()
    with other, _measured_exits():
        child(control, theirs.detach(), LIMITS)


@contextmanager
def _measured_exits() -> Iterator[None]:
    """Let whatever ends this process by `os._exit` end it by `sys.exit`: coverage then keeps what it saw."""
    real = os._exit
    os._exit = sys.exit  # type: ignore[assignment]
    try:
        yield
    finally:
        os._exit = real


@contextmanager
def running(target: Callable[[socket.socket, socket.socket], None]) -> Iterator[tuple[Any, socket.socket]]:
    """Yield a process and our end of its socket; both are gone afterwards."""
    ours, theirs = socket.socketpair()
    process = FORKS.Process(target=target, args=(ours, theirs))
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        ours.close()
        process.join(20)
        process.kill()
        process.join()


def conversation(stream: socket.socket, *functions: str) -> list[Any]:
    """Send the submission and ask for each function once; return all that is answered."""
    stream.sendall(frames.pack(0, b"", [msgspec.msgpack.encode({"files": {"s.py": SOURCE}, "givens": b""})]))
    answers = []
    for function in functions:
        case = ((np.ones(2),), {}, "C")
        stream.sendall(frames.message(7, {"file": "s.py", "function": function, "cases": [case]}))
        for _ in range(2):
            _, header, body = frames.receive(exactly(stream))
            answers.append(wire.decode(header, body))
    return answers


def test_a_child_keeps_its_limits_and_loads_a_file_once() -> None:
    with running(_child) as (process, stream):
        loaded, first, again, second = conversation(stream, "f", "f")
    assert process.exitcode == 0
    assert loaded == again == {"fate": "loaded", "stdout": ""}
    kept = [(60, 60), (2**30, 2**30), (128, 128), (0, 0)]
    assert [first["value"], second["value"]] == [[True, 1, *kept], [True, 2, *kept]]


def test_a_module_that_nobody_has_is_the_students_import_error() -> None:
    with running(_child) as (_, stream):
        _, answer = conversation(stream, "missing")
    assert (answer["names"][0], answer["line"]) == ("ModuleNotFoundError", 5)
    assert answer["message"] == "No module named 'nothing_of_that_name'"


def test_a_child_that_is_sent_nonsense_ends_with_an_error() -> None:
    with running(_child) as (process, stream):
        stream.sendall(frames.pack(0, b"", [b"\xc1"]))
        process.join(20)
    assert process.exitcode == 1


def test_the_warm_process_forks_reaps_and_ends_with_its_parent() -> None:
    with running(_main) as (process, control):
        ours, theirs = socket.socketpair()
        socket.send_fds(control, [FORK], [theirs.fileno()])
        theirs.close()
        answer, descriptors, _, _ = socket.recv_fds(control, PID.size, 1)
        with ours:
            _, value = conversation(ours, "f")
        control.sendall(WAIT + answer)
        assert exactly(control)(PID.size) == PID.pack(0)
        with pytest.raises(ProcessLookupError):
            signal.pidfd_send_signal(descriptors[0], signal.SIGKILL)
        os.close(descriptors[0])
    assert value["value"][:2] == [True, 1]
    assert process.exitcode == 0


def test_this_process_keeps_its_own_limits() -> None:
    before = [resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
    with running(_child) as (_, stream):
        conversation(stream, "f")
    assert [resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)] == before


def test_two_functions_of_a_submission_share_one_load() -> None:
    source = b"import os\nprint('once')\ndef f(z):\n    return os.getpid()\ng = f\n"
    with Sandbox() as sandbox, sandbox.open({"s.py": source}) as session:
        first, second = (session.ask("s.py", name, [Case("one", (1,))]) for name in ("f", "g"))
    assert first.answers[0].value == second.answers[0].value
    assert (first.stdout, second.stdout) == ("once\n", "")


def test_a_call_of_exit_is_told_by_its_code() -> None:
    with Sandbox() as sandbox, sandbox.open({"s.py": b"def f(z):\n    raise SystemExit(3)\n"}) as session:
        (answer,) = session.ask("s.py", "f", [Case("one", (1,))]).answers
    assert (answer.fate, answer.detail) == ("exited", "exit code 3")


def test_a_file_that_answers_for_the_worker_on_import_breaks_the_protocol() -> None:
    source = f"""
import gc, inspect, socket, struct
frame = inspect.currentframe()
while "nonce" not in frame.f_locals: frame = frame.f_back
stream = next(o for o in gc.get_objects() if isinstance(o, socket.socket))
stream.sendall(struct.pack("<Q", frame.f_locals["nonce"]) + {frames.message(0, 5)[8:]!r})
def f(z): return z
"""
    with Sandbox() as sandbox, sandbox.open({"s.py": source.encode()}) as session:
        batch = session.ask("s.py", "f", [Case("one", (1,))])
    assert batch.load == Answer("crashed", detail="the worker sent no mapping")
    assert batch.answers == (Answer("not_run"),)


@pytest.fixture
def gone() -> Iterator[Child]:
    """A child as its parent sees it, whose process has ended and was waited for."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    one = Child(ours, os.pidfd_open(process.pid), cpu_s=60.0, wall_s=60.0)
    ours.sendall(b"unread")
    theirs.close()
    process.communicate(b"\n")
    yield one
    assert one.kill(lambda: process.returncode) == 0


def test_a_process_that_is_gone_has_spent_nothing_more(gone: Child) -> None:
    assert gone.spent_cpu_s() == 0.0


def test_a_stream_that_was_reset_has_ended(gone: Child) -> None:
    with pytest.raises(EOFError):
        gone.read(1)
