"""A small course, and what a process that grades it is told."""

from __future__ import annotations

import pytest
from support.small import small_course
from support.walls import BEST

from grader.classroom import grade_job
from grader.course.course import Course
from grader.executors import Setup
from grader.sandbox import Limits


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return small_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def setup(course: Course) -> Setup:
    return grade_job.setup(course, course.tasks(), lesson="", seed="", level=BEST, limits=Limits())[0]
