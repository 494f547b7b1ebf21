"""After the grader is killed nothing that it started is left."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.walls import LACKING

_GRADER = """
import sys
from grader.cases.case import Case
from grader.sandbox import Limits, Sandbox
from grader.sandbox.child import _pid
with Sandbox(level=sys.argv[1], limits=Limits(cpu_s=600, wall_factor=1)) as sandbox:
    session = sandbox.open({"s.py": b"while True: pass"})
    child = session._ready()
    print(_pid(child._pidfd), flush=True)
    session.ask("s.py", "f", [Case("one", (1,))])
"""


def ancestors(pid: int, until: int) -> list[int]:
    """Return `pid` and the processes above it, below `until`: those that the grader started."""
    found = []
    while pid not in (until, 0, 1):
        found.append(pid)
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    assert pid == until
    return found


@pytest.mark.parametrize("level", ["A", "B", "C", "limits"])
def test_no_worker_outlives_a_grader_that_is_killed(level: str) -> None:
    if LACKING[level]:
        pytest.skip(LACKING[level])
    with subprocess.Popen([sys.executable, "-c", _GRADER, level], stdout=subprocess.PIPE) as grader:
        assert grader.stdout is not None
        pids = ancestors(int(grader.stdout.readline()), grader.pid)
        watched = [os.pidfd_open(pid) for pid in pids]
        grader.send_signal(signal.SIGKILL)
        left = list(watched)
        while left:
            ended = select.select(left, [], [], 2.0)[0]
            if not ended:
                break
            left = [one for one in left if one not in ended]
    for one in watched:
        os.close(one)
    assert left == []
    assert len(pids) == (4 if level in "AB" else 2)
