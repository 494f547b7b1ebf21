"""Jobs for the processes that grade a small course, and which of these processes are there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from support.small import handed_in
from support.walls import BEST

from grader.classroom import grade_job
from grader.classroom.grade_job import Order
from grader.course.course import Course
from grader.executors import Done, Job, Setup
from grader.executors.jobs import encode
from grader.sandbox import Limits

EVERY = frozenset(("twice", "thrice"))


def job(key: int, student: str = "student-01", slugs: frozenset[str] = EVERY, **more: str) -> Job:
    return Job(key, encode(Order(submission=handed_in(student, **more), slugs=slugs)))


def processes() -> list[int]:
    """Return the process ids of our own grading processes, the oldest first; none where there is no /proc."""
    found = []
    with suppress(FileNotFoundError):
        for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if b"grader.executors.process" in words:
                found.append(int(child))
    return found


def setup_of(course: Course, level: str = BEST) -> Setup:
    """Return what a process that grades is told."""
    return grade_job.setup(course, course.tasks(), lesson="", seed="", level=level, limits=Limits())[0]


def points(found: Iterable[Done]) -> dict[int, float | str]:
    """Return by job the points, or why it was given up."""
    return {done.key: done.fault or grade_job.result(done.payload).points for done in found}
