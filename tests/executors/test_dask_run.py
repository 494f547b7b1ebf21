"""The coordinator of a cluster's jobs: few at a time, each tried twice at most, and a word where it waits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import dask.config
import pytest
from distributed import Client
from support import samples
from support.clusters import in_this_process, remote
from support.grading_processes import EVERY, job, points, setup_of
from support.small import handed_in

from grader.classroom import page_job
from grader.classroom.grade_job import Order
from grader.course.course import Course
from grader.errors import ExecutorError
from grader.executors import Job, Setup
from grader.executors.cluster import Cluster
from grader.executors.dask_run import DaskRun
from grader.executors.jobs import encode
from grader.report.code_view import Code

ENDS_ITS_WORKER = """
import os

def twice(Z):
    pid = os.getpid()
    while True:
        with open(f"/proc/{pid}/stat") as stream:
            pid = int(stream.read().rpartition(")")[2].split()[1])
        with open(f"/proc/{pid}/cmdline", "rb") as stream:
            if b"/dask\\0worker\\0" in stream.read():
                os.kill(pid, 9)
"""
"""Without walls, a submission finds the Dask worker above its grading process."""


def poison(key: int) -> Job:
    submission = handed_in(f"student-{key:02}")
    files = dict(submission.files) | {"twice.py": ENDS_ITS_WORKER.encode()}
    return Job(key, encode(Order(submission=type(submission)(submission.student, files), slugs=EVERY)))


@pytest.mark.unmeasured
def test_a_worker_killed_in_the_middle_loses_nothing(setup: Setup, tmp_path: Path) -> None:
    slow = [job(n, twice="[Z := Z * 1.0 for _ in range(3000)] and 2") for n in range(8)]
    with remote(tmp_path, workers=2) as there:
        found = Cluster(there.url).run(setup, slow)
        first = next(found)
        there.workers[0].kill()
        assert points(iter([first, *found])) == dict.fromkeys(range(8), 8)


@pytest.mark.parametrize("allowed_failures", ["0", pytest.param("3", marks=pytest.mark.soak)])
@pytest.mark.unmeasured
def test_a_submission_that_ends_two_workers_is_given_up_and_its_neighbours_are_not(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed_failures: str
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", allowed_failures)
    jobs = [poison(n) if n == 2 else job(n) for n in range(12)]
    with remote(tmp_path, workers=3) as there:
        found = points(Cluster(there.url).run(setup_of(course, "none"), jobs))
        left = sum(worker.poll() is None for worker in there.workers)
    assert (found, left) == (dict.fromkeys(range(12), 8) | {2: "two processes in a row ended over it"}, 1)


class EnoughError(Exception):
    """Ends a run that would wait for ever."""


def run_of(client: Client, setup: Setup, jobs: Iterator[Job], *, said: list[str], waits: int) -> DaskRun:
    """Return a run that says what it says to `said`, and ends after it was heeded `waits` times."""
    left = iter(range(waits))

    def heed() -> None:
        if next(left, None) is None:
            raise EnoughError

    return DaskRun(client, setup, jobs, say=said.append, heed=heed)


def test_few_jobs_are_in_the_cluster_at_a_time(tmp_path: Path) -> None:
    drawn, said = count(), list[str]()
    result = encode(page_job.Sheet(result=samples.usual("student-01"), code=Code(files={}, digests={})))
    with in_this_process() as client:
        jobs = (Job(next(drawn), result) for _ in range(10**9))
        found = run_of(client, page_job.setup(tmp_path, "Small"), jobs, said=said, waits=10**9).work()
        assert {next(found).fault for _ in range(5)} == {""}
        found.close()  # type: ignore[attr-defined]  # a generator
    assert (next(drawn) <= 32 + 5 + 1, said) == (True, [])


def test_a_run_without_workers_sends_few_jobs_and_says_once_that_it_waits(tmp_path: Path) -> None:
    drawn, said = count(), list[str]()
    with in_this_process(workers=0) as client:
        jobs = (Job(next(drawn), b"") for _ in range(10**9))
        found = run_of(client, page_job.setup(tmp_path, "Small"), jobs, said=said, waits=40).work()
        with pytest.raises(EnoughError):
            next(found)
    assert (next(drawn), said) == (32, ["The cluster has no workers; grading goes on with the next."])


@pytest.mark.soak
@pytest.mark.unmeasured
def test_workers_may_come_later_and_a_run_without_any_says_so(setup: Setup, tmp_path: Path) -> None:
    said: list[str] = []
    with remote(tmp_path, workers=0) as there:

        def say(sentence: str) -> None:
            said.append(sentence)
            there.add_worker()

        found = Cluster(there.url, say=say).run(setup, (job(n) for n in range(10**9)))
        assert points(islice(found, 1)) == {0: 8}
        there.workers[0].kill()
        there.workers[0].wait()
        rest = points(islice(found, 40))
        assert (len(rest), set(rest.values())) == (40, {8})
    assert said == ["The cluster has no workers; grading goes on with the next."] * 2


@pytest.mark.soak
@pytest.mark.unmeasured
def test_a_scheduler_that_ends_in_the_middle_is_one_sentence(setup: Setup, tmp_path: Path) -> None:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        remote(tmp_path, workers=1) as there,
    ):
        found = Cluster(there.url).run(setup, (job(n) for n in range(10**9)))
        next(found)
        there.scheduler.kill()
        with pytest.raises(ExecutorError, match=r"^The cluster cannot grade: [^\n]*\.$"):
            list(found)
