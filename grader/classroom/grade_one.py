"""Grade one submission from Python, without a gradebook, pages or further processes except the sandbox's."""

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

    Hidden cases are included if the course has its reference.

    Raises `GraderError` if there is no course, nothing to read, or no sandbox of that level.

    Args:
        course: the course's folder; by default the nearest one.
        lesson: the beginning of the names of the lessons to grade; all if empty.
        level: level of the sandbox; if empty, the strongest that works here.
    """
    here = find(Path(course) if course else None)
    tasks = here.tasks(lesson=lesson)
    found: list[Result] = []
    with Sandbox(level=level) as sandbox:
        suite = suite_of(here, tasks, sandbox.limits)
        graded([read(Path(path))], tasks, sandbox=sandbox, suite=suite, sink=found.append)
    return found[0]
