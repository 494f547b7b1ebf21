"""Processes that end, hang on to nothing and lose nothing: every job is answered once, whatever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.grading_processes import job, processes
from support.handed import InMemory
from support.small import handed_in

from grader.classroom.grade_class import Options, grade_class
from grader.classroom.grade_job import result as decode
from grader.course.course import Course
from grader.errors import ExecutorError
from grader.executors import Done, Job, Local, Setup
from grader.executors.local import allowed, cores
from grader.executors.process_handle import ProcessHandle
from grader.results import from_json


def killing(jobs: list[Job], *, times: int, by: int = signal.SIGKILL) -> Iterator[Job]:
    """Yield jobs; before each of the last ones the process that was given the one before gets a signal."""
    yield jobs[0]
    for number, one in enumerate(jobs[1:]):
        if number < times:
            os.kill(processes()[-1], by)
        yield one


def test_every_job_is_answered_once(setup: Setup) -> None:
    jobs = [job(n, f"student-{n}", twice=str(n)) for n in range(7)]
    found = {done.key: decode(done.payload) for done in Local(2).run(setup, iter(jobs))}
    assert {key: (r.student, r.points) for key, r in found.items()} == {
        n: (f"student-{n}", 8 if n == 2 else 5) for n in range(7)
    }


def test_no_jobs_start_no_process(setup: Setup) -> None:
    assert list(Local(2).run(setup, [])) == []
    assert processes() == []


def test_as_many_processes_as_cores_unless_it_is_said() -> None:
    assert (Local().jobs, Local(3).jobs) == (allowed(), 3)
    assert cores() == sorted(os.sched_getaffinity(0))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("100000 100000\n", 1),
        ("50000 100000\n", 1),
        ("150000 100000\n", 2),
        ("0 100000\n", 1),
        ("64000000 100000\n", 4),
        ("max 100000\n", 4),
        ("no numbers\n", 4),
        ("", 4),
    ],
)
def test_a_container_that_is_granted_less_than_it_sees_gets_fewer_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, count: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3})
    (tmp_path / "cpu.max").write_text(text)
    assert allowed(tmp_path / "cpu.max") == count
    assert allowed(tmp_path / "none") == 4


@pytest.mark.parametrize("more", [0, 1])
def test_as_many_processes_as_cores_keep_to_one_each(setup: Setup, more: int) -> None:
    pool = Local(len(cores()) + more)
    run = pool.run(setup, (job(n) for n in range(4 * pool.jobs)))
    next(run)
    found = sorted(sorted(os.sched_getaffinity(process)) for process in processes())
    run.close()
    assert found == ([cores()] * pool.jobs if more else [[core] for core in cores()])


def test_the_next_job_is_at_hand_when_it_is_asked_for(setup: Setup) -> None:
    asked: list[int] = []

    def jobs() -> Iterator[Job]:
        for number in range(5):
            asked.append(number)
            yield job(number)

    found = [(done.key, len(asked)) for done in Local(1).run(setup, jobs())]
    assert found == [(0, 2), (1, 3), (2, 4), (3, 5), (4, 5)]


def test_a_killed_process_loses_nothing(setup: Setup) -> None:
    slow = [job(n, twice="[Z := Z * 1.0 for _ in range(3000)] and 2") for n in range(3)]
    found = Local(1).run(setup, killing(slow, times=1))
    assert sorted(done.key for done in found if not done.fault) == [0, 1, 2]


def test_a_job_that_ends_two_processes_is_given_up_and_the_others_are_not(setup: Setup) -> None:
    poison = Job(1, b"no order")
    found = {done.key: done for done in Local(1).run(setup, [job(0), poison, job(2)])}
    assert (found[0].fault, found[2].fault) == ("", "")
    assert found[1] == Done(1, fault="ValidationError: Expected `object`, got `int`")


def test_a_submission_that_is_given_up_is_undecided_and_its_points_are_open(
    course: Course, tmp_path: Path
) -> None:
    class Poisoned:
        def run(self, setup: Setup, jobs: Iterator[Job]) -> Iterator[Done]:
            for one in jobs:
                yield Done(one.key, fault="two processes in a row ended over it")

    options = Options(jobs=1, executor=Poisoned())  # type: ignore[arg-type]  # an iterator is an iterable
    outcome = grade_class(InMemory([handed_in("student-01")]), course, tmp_path, options)
    row = outcome.seen.rows[0]
    assert (row.points, row.open_points) == (0, 8)
    result = from_json((tmp_path / "results" / "student-01.json").read_bytes())
    details = "The grader itself failed here: two processes in a row ended over it"
    assert {(e.status, e.error.message, e.error.details) for e in result.exercises if e.error} == {
        ("undecided", "The grader itself failed here.", details)
    }
    healed = grade_class(InMemory([handed_in("student-01")]), course, tmp_path, Options(jobs=1))
    assert [change.reason.split(";")[0] for change in healed.changes] == ["the grader had failed"] * 2


def test_processes_that_cannot_begin_are_not_started_for_ever(setup: Setup) -> None:
    def jobs() -> Iterator[Job]:
        yield job(0)

    class Stillborn(ProcessHandle):
        def __init__(self, setup: Setup, core: int | None) -> None:
            super().__init__(setup, core)
            self._process.kill()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.executors.local.ProcessHandle", Stillborn)
        with pytest.raises(ExecutorError, match=r"^The grading processes end before they are ready\.$"):
            list(Local(1).run(setup, jobs()))
    assert processes() == []


def test_a_process_that_hangs_is_ended_and_loses_nothing(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.executors.process_handle._END_S", 0.05)
    jobs = killing([job(n) for n in range(3)], times=1, by=signal.SIGSTOP)
    found = Local(1).run(replace(setup, silence_s=3.0), jobs)
    assert sorted(done.key for done in found if not done.fault) == [0, 1, 2]
    assert processes() == []


def test_whoever_stops_reading_leaves_no_process_behind(setup: Setup) -> None:
    endless = (job(n) for n in range(10**9))
    found = Local(2).run(setup, endless)
    assert next(found).fault == ""
    found.close()  # type: ignore[attr-defined]  # a generator
    assert processes() == []
