"""One submission graded from Python: without a gradebook, pages or other processes than the sandbox's."""

from __future__ import annotations

from pathlib import Path

from grader.classroom.grade_job import suite_of
from grader.course.course import find
from grader.grading.pipeline import grade as graded
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import read


def grade(path: Path | str, *, course: Path | str | None = None, lesson: str = "", level: str = "") -> Result:
    """Return the result of one submission: a file, a notebook, an archive or a folder.

    Hidden cases are asked where the course has its reference.

    Raises `GraderError` if there is no course, nothing to read, or no sandbox of that level.

    Args:
        course: the course's folder; the nearest one if it is not given.
        lesson: how the names of the wanted lessons begin; all if empty.
        level: of the sandbox; the strongest that works here if empty.
    """
    here = find(Path(course) if course else None)
    tasks = here.tasks(lesson=lesson)
    found: list[Result] = []
    with Sandbox(level=level) as sandbox:
        suite = suite_of(here, tasks, sandbox.limits)
        graded([read(Path(path))], tasks, sandbox=sandbox, suite=suite, sink=found.append)
    return found[0]
