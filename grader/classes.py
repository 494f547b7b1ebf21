"""A whole class: what is unchanged is kept, the rest is graded, pages are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from grader.collect import Submission
from grader.errors import GraderError
from grader.grading import grade, suite_digest
from grader.results import Result
from grader.sandbox import Sandbox
from grader.store import Store
from grader.task import Task


def grade_class(
    submissions: Sequence[Submission],
    tasks: Sequence[Task],
    out: Path,
    *,
    title: str,
    level: str = "limits",
    force: bool = False,
    done: Callable[[Result], object] = lambda _: None,
) -> list[Result]:
    """Return the results in the order of `submissions`; each is on disk before the next is graded."""
    store = Store(out)
    suite = suite_digest(tasks, version("grader-kit"))
    results: dict[str, Result] = {}
    wanted = []
    for submission in submissions:
        kept = None if force else _kept(store, submission, suite, level)
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
        with Sandbox(level=level) as sandbox:
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
