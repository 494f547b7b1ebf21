"""Ctrl-C and SIGTERM end a command: one sentence at most, the shell's exit code, what was done is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest
from support.courses import run as command_here
from support.handed import InMemory
from support.small import (
    command,
    descendants,
    handed_in,
    on_disk,
    plain_environment,
    recorded,
    running,
    small_course,
)
from support.walls import BEST

from grader.authoring.build import files, write
from grader.classroom import grade_class as classes
from grader.course.course import Course
from grader.sandbox import for_own_code

Run = subprocess.Popen[str]
SAID = "Interrupted; what was graded is kept. The same command goes on from here.\n"
LAST = handed_in("student-99", twice="__import__('time').sleep(600) and 2")
"""No run is over before this one, which waits until its time is up."""
CLASS = [*(handed_in(f"student-{n:02}") for n in range(12)), LAST]
each = pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
"""For what goes its own way with each signal."""
soak = pytest.mark.soak


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = small_course(tmp_path_factory.mktemp("course"))
    with for_own_code() as sandbox:
        write(course.exercises, files(course.authored(), sandbox))
    return course


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return on_disk(tmp_path_factory.mktemp("handed"), CLASS)


def started(*words: object, **environment: str) -> Run:
    return subprocess.Popen(
        command(*words),
        env=plain_environment() | {"GRADER_SEED": "5"} | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(run: Run, moment: Callable[[], object]) -> list[int]:
    """Wait until the command has come so far; return the processes below it."""
    while not moment():
        assert run.poll() is None, run.communicate()
        time.sleep(0.01)
    return list(descendants(run.pid))


def end(run: Run, below: list[int]) -> tuple[str, str, int]:
    """Return what was said, and the exit code, when no process is left."""
    said = run.communicate()
    while running(below):
        time.sleep(0.01)  # until they have ended
    # Where SIGINT comes while `exec` runs a string, as dataclasses do, Python itself ends by it at last; to a
    # shell that is the same.
    return *said, 130 if run.returncode == -signal.SIGINT else run.returncode


@contextmanager
def ignored(number: signal.Signals) -> Iterator[None]:
    """Let what is started ignore a signal, as a shell's background does."""
    before = signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize(
    ("number", "code", "jobs"),
    [
        (signal.SIGTERM, 143, 1),
        (signal.SIGINT, 130, 2),
        pytest.param(signal.SIGINT, 130, 1, marks=soak),
        pytest.param(signal.SIGTERM, 143, 2, marks=soak),
    ],
)
def test_what_is_graded_is_kept_and_the_next_run_goes_on(
    course: Course, tmp_path: Path, number: signal.Signals, code: int, jobs: int
) -> None:
    handed, out = on_disk(tmp_path / "in", CLASS), tmp_path / "out"
    words = ("grade", handed, "--out", out, "--course", course.root, "--jobs", jobs)
    run = started(*words)
    below = wait_for(run, lambda: recorded(out) >= 3)
    run.send_signal(number)
    assert end(run, below) == (SAID, "", code)
    kept = recorded(out)
    assert 3 <= kept < len(CLASS)
    rmtree(handed / LAST.student)
    said = "12 submissions graded, {} of them unchanged since the last run, sandbox level {}.\n{}"
    page = f"Class page: {out}/index.html\n"
    again = started(*words)
    assert end(again, []) == (said.format(kept, BEST, page), "", 0)


@pytest.mark.parametrize("where", [("--jobs", 2), pytest.param(("--cluster", "local:2"), marks=soak)])
def test_a_sigterm_for_all_processes_at_once_ends_them_all(
    course: Course, handed: Path, tmp_path: Path, where: tuple[object, ...]
) -> None:
    run = started("grade", handed, "--out", tmp_path, "--course", course.root, *where)
    below = wait_for(run, lambda: recorded(tmp_path) >= 3)
    for pid in (*below, run.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    assert end(run, below) == (SAID, "", 143)


@each
def test_while_processes_start_it_is_the_same(
    course: Course, handed: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    run = started("grade", handed, "--out", tmp_path, "--course", course.root)
    below = wait_for(run, lambda: list(descendants(run.pid)))
    run.send_signal(number)
    assert end(run, below) == (SAID, "", code)


@each
def test_while_pages_are_written_it_is_the_same(
    course: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
    code: int,
) -> None:
    def disturbed(book: object, out: Path, **options: object) -> object:
        return write_pages(book, out, **options | {"moved": lambda done, total: signal.raise_signal(number)})

    write_pages = classes.publish
    monkeypatch.setattr(classes, "publish", disturbed)
    handed = on_disk(tmp_path / "in", CLASS[:3])
    words = ("grade", handed, "--out", tmp_path / "out", "--course", course.root)
    assert command_here(*words, cwd=tmp_path, GRADER_SEED="5") == (code, SAID, "")
    assert recorded(tmp_path / "out") == 3
    monkeypatch.undo()
    outcome = classes.grade_class(InMemory(CLASS[:3]), replace(course, secret_seed="5"), tmp_path / "out")
    assert (outcome.graded, [row.points for row in outcome.seen.rows]) == (0, [8, 8, 8])


@each
@pytest.mark.parametrize("words", [("verify",), ("build", "--check"), ("check", "twice.py")])
def test_other_commands_end_without_a_word(
    course: Course, tmp_path: Path, number: signal.Signals, code: int, words: tuple[str, ...]
) -> None:
    (tmp_path / "twice.py").write_text("def twice(Z):\n    while True: pass\n")
    paths = [tmp_path / word if word.endswith(".py") else word for word in words]
    run = started(*paths, "--course", course.root)
    below = wait_for(run, lambda: list(descendants(run.pid)))
    run.send_signal(number)
    assert end(run, below) == ("", "", code)


@pytest.mark.parametrize("where", [("--jobs", 2), pytest.param(("--cluster", "local:2"), marks=soak)])
def test_a_ctrl_c_that_is_ignored_at_the_start_stays_so_in_every_process(
    course: Course, tmp_path: Path, where: tuple[object, ...]
) -> None:
    handed = on_disk(tmp_path / "in", CLASS[:-1])
    with ignored(signal.SIGINT):
        run = started("grade", handed, "--out", tmp_path / "out", "--course", course.root, *where)
    below = wait_for(run, lambda: recorded(tmp_path / "out") >= 1)
    for pid in (run.pid, *below):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
    said = f"12 submissions graded, sandbox level {BEST}.\nClass page: {tmp_path}/out/index.html\n"
    assert end(run, below) == (said, "", 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_first_second_is_silent(
    course: Course, tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "typer.py").write_text(f"import os, time\nos.kill(os.getpid(), {number})\ntime.sleep(600)\n")
    run = started("list", "--course", course.root, PYTHONPATH=str(tmp_path))
    code = 130 if number == signal.SIGINT else -signal.SIGTERM  # nothing is begun: the signal itself ends it
    assert end(run, []) == ("", "", code)
