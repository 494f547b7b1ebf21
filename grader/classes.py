"""A whole class: what is unchanged is kept, the rest is graded, pages are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from grader.collect import Submission
from grader.errors import GraderError
from grader.grading import grade, suite_digest
from grader.results import Result
from grader.sandbox import Limits, Sandbox
from grader.store import Store
from grader.task import Task


def grade_class(
    submissions: Sequence[Submission],
    tasks: Sequence[Task],
    out: Path,
    *,
    title: str,
    level: str = "",
    limits: Limits | None = None,
    force: bool = False,
    done: Callable[[Result], object] = lambda _: None,
) -> list[Result]:
    """Return the results in the order of `submissions`; each is on disk before the next is graded.

    Args:
        level: the sandbox's; the strongest that works if none is named.
        limits: what a submission may use; others than before grade it anew.
    """
    with Sandbox(level=level, limits=limits) as sandbox:
        return _grade_class(submissions, tasks, Store(out), sandbox, title=title, force=force, done=done)


def _grade_class(
    submissions: Sequence[Submission],
    tasks: Sequence[Task],
    store: Store,
    sandbox: Sandbox,
    *,
    title: str,
    force: bool,
    done: Callable[[Result], object],
) -> list[Result]:
    suite = suite_digest(tasks, version("grader-kit") + sandbox.limits.digest)
    results: dict[str, Result] = {}
    wanted = []
    for submission in submissions:
        kept = None if force else _kept(store, submission, suite, sandbox.level)
        if kept is None:
            wanted.append(submission)
        else:
            results[kept.student] = kept
            done(kept)

    def put(result: Result) -> None:
        store.put(result, title=title)
        results[result.student] = result
        done(result)

    if wanted:
        grade(wanted, tasks, sandbox=sandbox, suite=suite, sink=put)
    ordered = [results[s.student] for s in submissions]
    store.close(ordered, title=title)
    return ordered


def _kept(store: Store, submission: Submission, suite: str, level: str) -> Result | None:
    """Return the stored result if nothing that shows in it has changed."""
    try:
        known = store.known(submission.student)
    except GraderError:
        return None  # a file that cannot be read is graded anew
    wanted = (submission.digest, list(submission.notes), suite, level)
    if known and (known.digest, known.notes, known.suite, known.sandbox) == wanted:
        return known
    return None
