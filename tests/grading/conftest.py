"""What the tests of grading share: the task of a small exercise, and a sandbox that is quick to give up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.end_to_end import AUTHORED

from grader.course.discovery import load
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.sandbox import Limits, Sandbox


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    """Return the task of `twice`, hidden cases included."""
    path = tmp_path_factory.mktemp("reference") / "01_small" / "twice.py"
    path.parent.mkdir()
    path.write_text(AUTHORED)
    return prepare(load(path), seed=5)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Return a sandbox in which a hang ends soon and a crash is not tried again."""
    with Sandbox(limits=Limits(cpu_s=0.3, wall_factor=50, restarts=0)) as one:
        yield one
