"""Gradebook in, pages and tables out: what is stale is written anew, by as many processes as may be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from grader.classroom import natural
from grader.errors import GraderError
from grader.executors import Job, Local, Setup
from grader.executors.jobs import encode
from grader.gradebook import Gradebook, Record, records
from grader.results import Result
from grader.slim import slim
from grader.store import Store


def publish(
    book: Gradebook,
    out: Path,
    *,
    jobs: int = 0,
    everything: bool = False,
    done: Callable[[], object] = lambda: None,
) -> list[Result]:
    """Write the folder of a class and return its results, without what only students' pages show.

    Args:
        everything: also what is not stale.
        done: called for each student's page that was written.
    """
    store, title = Store(out), book.policy().title or "Exercises"
    stamps = {} if everything else book.stamps()
    results: list[Result] = []
    waiting: dict[int, Record] = {}

    def stale() -> Iterator[Job]:
        for key, record in enumerate(records(book)):
            results.append(slim(record.result))
            if stamps.get(record.student) != record.stamp or not store.has(record.student):
                waiting[key] = record
                yield Job(key, encode(record.result))

    for finished in Local(jobs).run(Setup(kind="page", out=str(out), title=title), stale()):
        record = waiting.pop(finished.key)
        if finished.fault:
            raise GraderError(f"The page of {record.student} cannot be written: {finished.fault}.")
        book.stamp(record.student, record.stamp)
        done()
    results.sort(key=lambda result: natural(result.student))
    store.close(results, title=title)
    store.put_changes(
        [
            (c.moment, c.student, c.subject, c.before, c.after, c.reason)
            for c in book.history(event="regraded")
        ]
    )
    return results
