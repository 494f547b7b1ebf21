"""A small course, and what a process that grades it is told."""

from __future__ import annotations

import pytest
from support.grading_processes import setup_of
from support.small import small_course

from grader.course.course import Course
from grader.executors import Setup


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return small_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def setup(course: Course) -> Setup:
    return setup_of(course)
