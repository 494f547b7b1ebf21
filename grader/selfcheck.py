"""Grading on a student's own machine: public cases, recorded answers, no reference."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from grader.collect import Submission
from grader.course import Course
from grader.digest import suite_digest
from grader.grading import grade
from grader.results import Result
from grader.sandbox import Sandbox


def check_here(course: Course, submission: Submission, *, slugs: Sequence[str] = ()) -> Result:
    """Return the result of one submission on the public checks of `slugs`, or of all exercises."""
    tasks = course.tasks(slugs=slugs, public_only=True)
    results: list[Result] = []
    with Sandbox(level="none") as sandbox:
        suite = suite_digest(tasks, version("grader-kit"))
        grade([submission], tasks, sandbox=sandbox, suite=suite, sink=results.append)
    return results[0]
