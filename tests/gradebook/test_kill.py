"""`kill -9` of the grader and of its processes at random moments loses nothing and grades nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.canonical import canonical
from support.clusters import remote
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

from grader.gradebook import Gradebook

KILLS = int(os.environ.get("GRADER_SOAK", "4"))
"""How often something is killed; `make soak` asks for more."""
STUDENTS = 20 if KILLS < 10 else 40


def kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def below(pid: int) -> list[int]:
    """Return the processes below one, but submissions' own: to kill one of those is to end a submission."""
    return [one for one in descendants(pid) if not _is_of_a_submission(one)]


def _is_of_a_submission(pid: int) -> bool:
    """Return whether its command line is that of its parent, the warm process that forked it."""
    try:
        own = Path(f"/proc/{pid}/cmdline").read_bytes()
        parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
        is_worker = b"grader.worker" in own and not own.startswith(b"bwrap")
        return is_worker and Path(f"/proc/{parent}/cmdline").read_bytes() == own
    except (FileNotFoundError, ProcessLookupError):
        return False  # it has ended


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


@pytest.fixture(scope="module")
def calm(class_: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """What an undisturbed run leaves, and how many seconds it takes."""
    out = tmp_path_factory.mktemp("calm")
    begin = time.monotonic()
    assert start(class_, out).wait() == 0
    return out, time.monotonic() - begin


def start(class_: tuple[Path, Path], out: Path, *options: object) -> subprocess.Popen[bytes]:
    course, handed = class_
    arguments = command("grade", handed, "--out", out, "--jobs", 2, "--course", course, *options)
    quiet = subprocess.DEVNULL
    return subprocess.Popen(arguments, env=plain_environment(), stdout=quiet, stderr=quiet)


def storm(begin: Callable[[], subprocess.Popen[bytes]], length_s: float, *, above: int = 0) -> dict[str, int]:
    """Kill what `begin` starts and the processes below it, or below the process `above`, and begin again."""
    moments = random.Random(KILLS)
    kills = {"grader": 0, "process": 0}
    while sum(kills.values()) < KILLS:
        run = begin()
        while run.poll() is None and sum(kills.values()) < KILLS:
            time.sleep(moments.uniform(0, length_s / 2))
            found = below(above or run.pid)
            while not found and not kills["process"] and run.poll() is None:
                time.sleep(0.01)  # until it has started one: a busy machine takes its time
                found = below(above or run.pid)
            if found and kills["process"] <= kills["grader"]:  # in turn: a few kills are of both kinds too
                kills["process"] += kill(moments.choice(found))
            else:
                kills["grader"] += kill(run.pid)
                run.wait()
        run.kill()
        run.wait()
    assert begin().wait() in (0, 2)  # 2 where two kills hit one submission
    assert begin().wait() == 0
    return kills


def test_a_storm_of_kills_leaves_the_gradebook_of_an_undisturbed_run(
    class_: tuple[Path, Path], calm: tuple[Path, float], tmp_path: Path
) -> None:
    kills = storm(lambda: start(class_, tmp_path), calm[1])
    assert min(kills.values()) > 0
    assert told(tmp_path) == told(calm[0])


@pytest.mark.soak
def test_a_storm_of_kills_on_a_cluster_leaves_it_too(
    class_: tuple[Path, Path], calm: tuple[Path, float], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with remote(tmp_path, workers=0) as there:
        nanny = there.add_worker("--nworkers", 2)
        kills = storm(lambda: start(class_, out, "--cluster", there.url), calm[1], above=nanny.pid)
    assert min(kills.values()) > 0
    assert told(out) == told(calm[0])


@pytest.mark.soak
def test_a_killed_grader_takes_its_local_cluster_along_and_the_next_run_goes_on(
    class_: tuple[Path, Path], calm: tuple[Path, float], tmp_path: Path
) -> None:
    run = start(class_, tmp_path, "--cluster", "local:2")
    while recorded(tmp_path) < 3:
        time.sleep(0.01)  # until it is in the middle
    below = list(descendants(run.pid))
    run.kill()
    run.wait()
    while running(below):
        time.sleep(0.01)  # until they have ended
    assert 3 <= recorded(tmp_path) < STUDENTS
    assert start(class_, tmp_path, "--cluster", "local:2").wait() == 0
    assert told(tmp_path) == told(calm[0])
