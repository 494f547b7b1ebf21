"""Prove a repair: the repaired file is graded like a submission, in new processes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from grader.course.task import Task
from grader.grading.submission_run import SubmissionRun
from grader.results import EARNED
from grader.sandbox import Sandbox, SleepBudget
from grader.submissions import Submission

OTHER_SEED: Final = 1000
"""Added to the course's seed: a repair is also proven on hidden cases that grading does not use."""


def is_proven(
    files: Mapping[str, bytes], task: Task, claimed: Collection[str], sandbox: Sandbox, *, full: bool
) -> bool:
    """Return whether repaired files earn what is claimed, on public and hidden cases.

    Args:
        claimed: ids of checks that must earn their points.
        full: whether all checks must, but advice.
    """
    submission = Submission("repaired", files)
    asleep = SleepBudget()
    with (
        sandbox.open(files, givens=task.givens, asleep=asleep) as session,
        sandbox.open(files, givens=task.givens, asleep=asleep) as hidden,
    ):
        run = SubmissionRun(submission, session, hidden, [task.slug], names=[*task.wanted])
        for bound in task.checks:
            needed = bound.id in claimed or (full and not bound.check.is_advice)
            if needed and run.judge(task, bound).status not in EARNED:
                return False
    return True
