"""A worker of a cluster: one warm process, a reason where there is none, and no second try of Dask's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, Event
from support import samples
from support.clusters import Remote, in_this_process, remote
from support.grading_processes import job, points, processes, setup_of
from support.small import author, small_course

from grader.classroom import page_job
from grader.course.course import Course
from grader.errors import ExecutorError
from grader.executors import Job, Setup, dask_worker
from grader.executors.cluster import Cluster
from grader.executors.jobs import DONE, FAULT, encode
from grader.report.code_view import Code

RESULT = encode(page_job.Sheet(result=samples.usual("student-01"), code=Code(files={}, digests={})))


@pytest.fixture
def client() -> Iterator[Client]:
    """A scheduler of Dask; this very process plays the worker."""
    with in_this_process(workers=0) as one:
        yield one


def page_setup(out: Path) -> bytes:
    return encode(page_job.setup(out, "Small"))


def test_one_process_does_all_jobs_of_a_run_and_another_those_of_the_next(
    client: Client, tmp_path: Path
) -> None:
    seen = []
    for out in (tmp_path / "one", tmp_path / "one", tmp_path / "other"):
        assert dask_worker.do(page_setup(out), RESULT, "a job") == DONE
        seen.append(processes())
        assert (out / "reports" / "student-01.html").is_file()
    assert [len(found) for found in seen] == [1, 1, 1]
    assert (seen[0] == seen[1], seen[1] == seen[2]) == (True, False)


def test_a_process_that_ends_over_a_job_or_is_not_there_says_which(client: Client, tmp_path: Path) -> None:
    broken = encode(Setup(work="grader.classroom.page_job:pages", options=b""))
    found = [dask_worker.do(setup, b"", "a job") for setup in (page_setup(tmp_path), broken)]
    assert found == [
        FAULT + b"DecodeError: Input data was truncated",
        dask_worker.UNFIT + b"DecodeError: Input data was truncated",
    ]
    assert (processes(), Event("a job").is_set()) == ([], False)


def test_a_job_over_which_a_worker_has_ended_is_not_begun_again(client: Client) -> None:
    Event("a job").set()
    assert dask_worker.do(b"", b"", "a job") == FAULT
    assert not Event("a job").is_set()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    with remote(tmp_path_factory.mktemp("cluster"), workers=2) as there:
        yield there


@pytest.mark.unmeasured
def test_a_submission_that_ends_grading_processes_costs_no_worker(setup: Setup, cluster: Remote) -> None:
    jobs = [job(0), Job(1, b"no order"), job(2)]
    assert points(Cluster(cluster.url).run(setup, jobs)) == {
        0: 8,
        1: "ValidationError: Expected `object`, got `int`",
        2: 8,
    }
    assert [worker.poll() for worker in cluster.workers] == [None, None]


@pytest.mark.unmeasured
def test_a_worker_with_the_course_in_another_place_is_told_by_its_environment(
    course: Course, tmp_path: Path
) -> None:
    elsewhere = small_course(tmp_path / "elsewhere")
    setup = setup_of(elsewhere)
    (tmp_path / "elsewhere").rename(tmp_path / "moved")
    with remote(tmp_path, workers=0) as there:
        there.add_worker(GRADER_COURSE=str(tmp_path / "moved"))
        assert points(Cluster(there.url).run(setup, [job(0)])) == {0: 8}


@pytest.mark.unmeasured
def test_a_worker_with_another_course_does_not_grade(cluster: Remote, tmp_path: Path) -> None:
    course = small_course(tmp_path)
    setup = setup_of(course)
    author(course.root, "twice", 7)
    with pytest.raises(ExecutorError) as raised:
        list(Cluster(cluster.url).run(setup, [job(0)]))
    assert str(raised.value) == (
        "A worker of the cluster cannot grade: The exercises are not those that grading began with: "
        "they, grader-kit, Python or numpy differ."
    )
