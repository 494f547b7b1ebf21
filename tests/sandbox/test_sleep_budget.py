"""A submission that sleeps stalls nobody for long, and a busy machine makes nobody sleep."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attacks import TIMED
from hypothesis import given
from hypothesis import strategies as st
from support.judging import QUICK
from support.walls import LACKING

from grader.cases.case import Case
from grader.course.course import find
from grader.grading.pipeline import grade
from grader.results import Result
from grader.sandbox import Limits, Sandbox, SleepBudget
from grader.sandbox.sleep_budget import Idling
from grader.submissions import Submission

ROOT = Path(__file__).parents[2]
SLEEPS = b"import time\ndef f(z):\n    time.sleep(%g)\n    return z\ng = h = f\n"
WORKS = b"""
import time
def f(z):
    begin = time.process_time()
    while time.process_time() < begin + 0.4:
        sum(range(1000))
    return z
"""
CASES = [Case(f"case {n}", (n,)) for n in range(6)]


@pytest.fixture(params=TIMED)
def level(request: pytest.FixtureRequest) -> str:
    if LACKING[request.param]:
        pytest.skip(LACKING[request.param])
    return str(request.param)


@contextmanager
def busy(processes: int) -> Iterator[None]:
    """Have so many processes that never rest."""
    command = [sys.executable, "-S", "-c", "while True: pass"]
    # Each in a session of its own: the kernel shares processors between sessions first.
    running = [subprocess.Popen(command, start_new_session=True) for _ in range(processes)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def test_a_function_that_always_sleeps_is_asked_until_its_time_is_used_up(level: str) -> None:
    limits = Limits(asleep_s=0.4, total_asleep_s=1.0)
    with Sandbox(level=level, limits=limits) as sandbox, sandbox.open({"s.py": SLEEPS % 9}) as session:
        said = [[a.slept for a in session.ask("s.py", name, CASES).answers] for name in ("f", "g", "h", "f")]
    mine, all_ = "0.4 s in this exercise", "1 s in all exercises together"
    assert said == [[mine] * 6, [mine] * 6, [all_] * 6, [mine] * 6]


def test_two_sessions_of_one_submission_share_its_time_asleep(level: str) -> None:
    asleep, limits = SleepBudget(), Limits(asleep_s=0.4)
    files = {"s.py": SLEEPS % 9}
    with (
        Sandbox(level=level, limits=limits) as sandbox,
        sandbox.open(files, asleep=asleep) as public,
        sandbox.open(files, asleep=asleep) as hidden,
        sandbox.open(files) as other,
    ):
        said = [session.ask("s.py", "f", CASES[:2]).answers[1].slept for session in (public, hidden)]
        # The second of them asked nothing: it has no worker.
        assert (said, hidden._peer) == (["0.4 s in this exercise"] * 2, None)
        assert other.ask("s.py", "g", CASES[:1]).answers[0].slept == "0.4 s in this exercise"


def test_sleep_at_import_counts(level: str) -> None:
    source = {"s.py": b"import time; time.sleep(9)\ndef f(z): return z\n"}
    with Sandbox(level=level, limits=Limits(asleep_s=0.3)) as sandbox, sandbox.open(source) as session:
        load = session.ask("s.py", "f", CASES).load
    assert load is not None
    assert (load.outcome, load.slept) == ("timed_out", "0.3 s in this exercise")


@pytest.mark.parametrize(
    "level",
    # Time is counted alike at all of them.
    [pytest.param(level, marks=() if level in ("A", "limits") else pytest.mark.soak) for level in TIMED],
    indirect=True,
)
def test_a_machine_with_more_to_do_than_processors_costs_no_points(level: str) -> None:
    limits = Limits(cpu_s=0.5, wall_factor=1.2, asleep_s=0.3, total_asleep_s=0.3)
    with (
        Sandbox(level=level, limits=limits) as sandbox,
        sandbox.open({"s.py": WORKS}) as session,
        busy(2 * (os.cpu_count() or 1) + 1),
    ):
        answers = session.ask("s.py", "f", CASES[:2]).answers
    assert [(a.outcome, a.value) for a in answers] == [("returned", n) for n in range(2)]


def test_whoever_waits_for_the_grader_does_not_sleep(level: str) -> None:
    def late() -> None:
        time.sleep(0.2)

    large = b"import numpy as np\ndef f(z): return np.ones(10**6)\n"
    with (
        Sandbox(level=level, limits=Limits(asleep_s=0.3), alive=late) as sandbox,
        sandbox.open({"s.py": large}) as session,
    ):
        answers = session.ask("s.py", "f", CASES).answers
    assert [a.outcome for a in answers] == ["returned"] * 6


def test_where_the_kernel_does_not_count_waits_nobody_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    idling = Idling(os.getpid())
    idling._are_counted = False
    idling.begin()
    idling.waited_s = 99.0
    assert idling.asleep_s(0.0) == 0.0
    idling.close()
    gone = Idling(2**22 + 1)
    gone.waited_s = 99.0
    assert (gone.asleep_s(0.0), gone.is_asleep()) == (0.0, False)
    gone.close()


@given(st.lists(st.tuples(st.sampled_from("fgh"), st.floats(0, 3)), max_size=20))
@QUICK
def test_what_is_left_and_what_is_used_up_agree(spent: list[tuple[str, float]]) -> None:
    budget, limits = SleepBudget(), Limits(asleep_s=5, total_asleep_s=9)
    for name, seconds in spent:
        budget.spend(name, seconds)
    for name in "fgh":
        assert bool(budget.used_up(name, limits)) == (budget.left_s(name, limits) < 0)
        assert budget.left_s(name, limits) <= 5


def check(source: str, limits: Limits) -> Result:
    level = next((one for one in TIMED if not LACKING[one]), "")
    if not level:
        pytest.skip(LACKING["limits"])
    with Sandbox(level=level, limits=limits) as sandbox:
        results: list[Result] = []
        submission = Submission("student-01", {"all.py": source.encode()})
        tasks = find(ROOT).tasks(slugs=["relu", "sigmoid"])
        grade([submission], tasks, sandbox=sandbox, suite="", sink=results.append)
    return results[0]


def test_a_sleeping_submission_loses_its_points_and_is_told_why() -> None:
    names = [task.slug for task in find(ROOT).tasks(slugs=["relu", "sigmoid"])]
    source = "import time\n" + "".join(f"def {n}(Z):\n    time.sleep(9)\n    return Z\n" for n in names)
    result = check(source, Limits(asleep_s=0.5, total_asleep_s=0.8))
    told = [(e.status, e.points, e.error.sentence if e.error else "") for e in result.exercises]
    assert told == [
        ("timed_out", 0, f"Your code slept for {slept}, the most it may. Remove time.sleep and all waiting.")
        for slept in ("0.5 s in this exercise", "0.8 s in all exercises together")
    ]
    assert [c for e in result.exercises for c in e.checks if c.picture or c.smallest] == []
