"""A job that ends two processes is given up alone; processes that cannot begin stop the run."""

from __future__ import annotations

import pytest

from grader.errors import ExecutorError
from grader.executors import Done, Job
from grader.executors.retries import Retries

ONE, OTHER = Job(1, b""), Job(2, b"")


def test_a_job_is_given_up_after_its_second_process_and_its_neighbour_is_not() -> None:
    retries = Retries()
    found = [retries.failed_job(job, "") for job in (ONE, OTHER, ONE)]
    assert found == [None, None, Done(1, fault="two processes in a row ended over it")]


def test_the_reason_of_the_second_end_is_told() -> None:
    retries = Retries()
    retries.failed_job(ONE, "MemoryError: ")
    assert retries.failed_job(ONE, "ValueError: x") == Done(1, fault="ValueError: x")


def test_a_start_that_fails_twice_stops_the_run_unless_one_has_succeeded_in_between() -> None:
    retries = Retries()
    retries.failed_start("")
    retries.started()
    retries.failed_start("")
    with pytest.raises(ExecutorError, match=r"^The grading processes end before they are ready\.$"):
        retries.failed_start("")


def test_a_start_that_says_why_is_not_tried_again() -> None:
    with pytest.raises(ExecutorError, match=r"^twice\.py defines no exercise$"):
        Retries().failed_start("twice.py defines no exercise")


def test_starts_that_fail_for_several_jobs_are_counted_apart() -> None:
    retries = Retries()
    for key in range(10):
        retries.failed_start("", key)
    with pytest.raises(ExecutorError):
        retries.failed_start("", 3)
