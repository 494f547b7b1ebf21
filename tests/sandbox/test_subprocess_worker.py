"""Level none: the same answers from a plain process, on systems that have nothing but pipes and threads."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from grader.cases.case import Answer, Case
from grader.sandbox import Limits, Sandbox
from grader.sandbox.protocol import TimeUpError
from grader.sandbox.subprocess_worker import Plain, PlainPeer

_BARE = """
import os, select, signal, socket, subprocess, sys, tempfile
for name in ("resource", "fcntl", "pwd", "grp", "termios", "pyseccomp"):
    sys.modules[name] = None
for module, names in (
    (os, ("fork", "pidfd_open", "setsid", "geteuid", "getuid", "sysconf")),
    (select, ("poll", "epoll")),
    (signal, ("pidfd_send_signal", "SIGXCPU")),
    (socket, ("send_fds", "recv_fds", "AF_UNIX")),
):
    for name in names:
        delattr(module, name)
sys.platform = "darwin"
from grader.cases.case import Case
from grader.sandbox import Limits, for_own_code
with for_own_code() as sandbox:
    with sandbox.open({"s.py": b"def f(z):\\n    return z + 1"}) as session:
        (answer,) = session.ask("s.py", "f", [Case("one", (1,))]).answers
print(sandbox.level, answer.outcome, answer.value)
"""


def test_no_module_or_call_of_posix_is_needed() -> None:
    found = subprocess.run([sys.executable, "-c", _BARE], capture_output=True, text=True, timeout=120)
    assert (found.stdout, found.stderr) == ("none returned 2\n", "")


def test_a_hang_costs_its_case_and_a_new_process_goes_on() -> None:
    source = (
        b"import os\nprint('up')\ndef f(z):\n    while z == 2: pass\n    os.write(1, b'junk')\n    return z"
    )
    with (
        Sandbox(level="none", limits=Limits(cpu_s=0.2)) as sandbox,
        sandbox.open({"s.py": source}) as session,
    ):
        batch = session.ask("s.py", "f", [Case(str(n), (n,)) for n in (1, 2, 3)])
    assert [(a.outcome, a.value, a.detail) for a in batch.answers] == [
        ("returned", 1, ""), ("timed_out", None, "1 s of waiting"), ("returned", 3, ""),
    ]  # fmt: skip
    assert (batch.load, batch.stdout) == (None, "up\n")


def test_an_end_is_told_by_exit_code() -> None:
    with Sandbox(level="none") as sandbox, sandbox.open({"s.py": b"import os; os._exit(3)"}) as session:
        assert session.ask("s.py", "f", [Case("one", (1,))]).load == Answer("exited", detail="exit code 3")


def peer(code: str, *, wall_s: float) -> PlainPeer:
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )
    return PlainPeer(process, wall_s=wall_s)


def test_a_worker_that_takes_nothing_meets_the_wall_clock() -> None:
    one = peer("import time; time.sleep(99)", wall_s=0.2)
    with pytest.raises(TimeUpError):
        one.send(b"x" * 10_000_000)
    one.kill()


def test_a_flood_is_ended_with_its_worker() -> None:
    one = peer("import os\nwhile True: os.write(1, b'x' * 65536)", wall_s=30)
    one.read(1)
    deadline = time.monotonic() + 30
    while not one._chunks.full() and time.monotonic() < deadline:
        pass
    one.kill(settle_s=0.01)
    assert not one._reader.is_alive()


def test_a_drip_meets_the_same_deadline() -> None:
    one = peer("import os\nwhile True: os.write(1, b'x')", wall_s=0.2)
    with pytest.raises(TimeUpError):
        one.read(10**9)
    one.kill()


def test_a_deadline_that_has_passed_takes_no_more_bytes() -> None:
    one = peer("import os; os.write(1, b'x' * 100); input()", wall_s=30)
    one.read(1)
    one._buffer.clear()
    one._chunks.put(b"late")
    one.wall_s = 0.0
    with pytest.raises(TimeUpError):
        one.read(1)
    one.kill()


def test_a_worker_that_is_gone_is_an_end() -> None:
    one = peer("", wall_s=30)
    with pytest.raises(EOFError):
        one.read(1)
    one.send(b"x" * 10_000_000)
    assert one.kill(settle_s=5) == 0


def test_a_worker_that_was_prepared_is_the_next_however_long_it_has_waited() -> None:
    source = Plain()
    source.prepare()
    spare = source._spare
    assert spare is not None
    source.prepare()
    assert source._spare is spare
    spare._start -= 10_000
    assert source.fork(Limits()) is spare
    assert source._spare is None
    spare.kill()


def test_a_spare_worker_ends_with_its_source() -> None:
    with Sandbox(level="none") as sandbox:
        sandbox.prepare()
        spare = sandbox._source._spare  # type: ignore[attr-defined]  # the level's own
        assert spare._process.poll() is None
    assert spare._process.poll() is not None
