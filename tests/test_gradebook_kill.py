"""`kill -9` of the grader and of its processes at random moments loses nothing and grades nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small import command, handed_in, on_disk, plain_environment, small_course

from grader.gradebook import Gradebook
from grader.gradebook.canonical import canonical

KILLS = int(os.environ.get("GRADER_SOAK", "10"))
"""How often something is killed; `make soak` asks for more."""
STUDENTS = 40


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes below one that this test has started, and nobody else's."""
    try:
        children = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield child
        yield from descendants(child)


def kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def told(out: Path) -> tuple[bytes, list[tuple[str, ...]], str, list[str]]:
    """Return all that counts, times apart, and without the trail of two kills of one submission."""
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        state = canonical(book)
        trail = [(r.event, r.student, r.subject, r.before, r.after, r.reason) for r in book.history()]
    healed = [entry for entry in trail if not entry[-1].startswith("the grader had failed")]
    pages = sorted(p.relative_to(out).as_posix() for p in out.glob("*/*"))
    return state, sorted(healed), (out / "grades.csv").read_text(), pages


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A course and a class of right, wrong, slow, broken and hostile submissions."""
    folder = tmp_path_factory.mktemp("kill")
    kinds = ("2", "Z", "1 + ", "exit() or 2", "[Z := Z * 1.0 for _ in range(2000)] and 2")
    class_ = [handed_in(f"student-{n:02}", twice=kinds[n % len(kinds)]) for n in range(STUDENTS)]
    return small_course(folder / "course").root, on_disk(folder / "in", class_)


def start(class_: tuple[Path, Path], out: Path) -> subprocess.Popen[bytes]:
    course, handed = class_
    arguments = command("grade", handed, "--out", out, "--jobs", 2, "--course", course)
    quiet = subprocess.DEVNULL
    return subprocess.Popen(arguments, env=plain_environment(), stdout=quiet, stderr=quiet)


def test_a_storm_of_kills_leaves_the_gradebook_of_an_undisturbed_run(
    class_: tuple[Path, Path], tmp_path: Path
) -> None:
    begin = time.monotonic()
    assert start(class_, tmp_path / "calm").wait() == 0
    length_s = time.monotonic() - begin

    moments = random.Random(KILLS)
    kills = {"grader": 0, "process": 0}
    while sum(kills.values()) < KILLS:
        run = start(class_, tmp_path / "storm")
        while run.poll() is None and sum(kills.values()) < KILLS:
            time.sleep(moments.uniform(0, length_s / 2))
            below = list(descendants(run.pid))
            if moments.random() < 0.5 and below:
                kills["process"] += kill(moments.choice(below))
            else:
                kills["grader"] += kill(run.pid)
                run.wait()
        run.kill()
        run.wait()
    assert start(class_, tmp_path / "storm").wait() in (0, 2)  # 2 where two kills hit one submission
    assert start(class_, tmp_path / "storm").wait() == 0
    assert min(kills.values()) > 0
    assert told(tmp_path / "storm") == told(tmp_path / "calm")
