"""Grade on a student's own machine, with public cases and recorded answers, without the reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from grader.sandbox import Limits, Sandbox

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.results import Result
    from grader.submissions import Submission

_PATIENCE = Limits(wall_factor=2.5, timeouts=1)
"""Lower limits, because a student waits: an endless loop is reported after 5 s, and only once."""


def check_here(
    course: Course,
    submission: Submission,
    *,
    slugs: Sequence[str] = (),
    begun: Callable[[str], None] = lambda slug: None,
) -> Result:
    """Return the result of one submission on the public checks of `slugs`, or of all exercises."""
    with for_me() as sandbox:
        return check_in(sandbox, course, submission, slugs=slugs, begun=begun)


def for_me() -> Sandbox:
    """Return a sandbox for the user's own code on any system; its worker is starting already."""
    sandbox = Sandbox(level="none", limits=_PATIENCE)
    sandbox.prepare()
    return sandbox


def check_in(
    sandbox: Sandbox,
    course: Course,
    submission: Submission,
    *,
    slugs: Sequence[str] = (),
    begun: Callable[[str], None] = lambda slug: None,
) -> Result:
    """Do the same in an open sandbox; `begun` is called with each slug before it is graded."""
    # Import pytest only now, while the worker's process loads NumPy.
    from grader.grading.fingerprint import suite_digest
    from grader.grading.pipeline import grade

    tasks = course.tasks(slugs=slugs, public_only=True)
    results: list[Result] = []
    suite = suite_digest(tasks, version("grader-kit"))
    grade([submission], tasks, sandbox=sandbox, suite=suite, sink=results.append, begun=begun)
    return results[0]
