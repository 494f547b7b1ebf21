"""A command loads what it needs and no more: students' commands start fast, without the extra `grade`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.courses import clean, course, right
from support.grading_processes import job, points, setup_of
from support.small import small_course

from grader.executors import Local

HEAVY = frozenset(("jinja2", "mpmath", "numpy", "pydantic", "pytest", "sqlalchemy", "watchfiles"))
"""What takes longest to import, of what some command needs."""
CHECKS = {"numpy", "pytest"}
LOADED: dict[tuple[str, ...], set[str]] = {
    ("--version",): set(),
    ("--help",): set(),
    ("list",): set(),
    ("hint", "twice"): set(),
    ("reset", "twice", "--yes"): set(),
    ("check", "twice"): CHECKS,
    ("ci",): CHECKS,
    ("watch", "twice"): CHECKS | {"watchfiles"},
    ("verify", "twice"): CHECKS,
    ("release", "out"): {"numpy"},
    ("sandbox",): {"numpy"},
    ("grade", "exercises", "--out", "out"): HEAVY - {"mpmath", "pydantic", "watchfiles"},
}


def heavy(report: str) -> set[str]:
    """Return the heavy packages in what Python prints of each import."""
    return set(re.findall(r"^import time: .*\| +(\w+)$", report, re.MULTILINE)) & HEAVY


@pytest.mark.parametrize("argv", LOADED, ids=" ".join)
def test_a_command_loads_what_it_needs_alone(argv: tuple[str, ...], tmp_path: Path) -> None:
    here = course(tmp_path)
    (here / "exercises" / "01_small" / "twice.py").write_bytes(right("twice"))
    command = [sys.executable, "-P", "-X", "importtime", "-m", "grader", *argv]
    done = subprocess.run(command, cwd=here, env=clean({}), input=b"q", capture_output=True, check=False)
    assert (done.returncode in (0, 1), heavy(done.stderr.decode())) == (True, LOADED[argv])


def test_a_grading_process_loads_neither_gradebook_nor_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    assert points(Local(1).run(setup_of(small_course(tmp_path)), [job(0)])) == {0: 8}
    assert heavy(capfd.readouterr().err) == CHECKS
