"""Write pages and tables from the gradebook; only stale pages are written, by several processes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

from grader.classroom import page_job
from grader.classroom.output_folder import Listed, Store
from grader.classroom.page_job import Sheet
from grader.errors import GraderError
from grader.executors import Job, Local
from grader.executors.jobs import encode
from grader.gradebook import Gradebook, Moved, Record, records
from grader.gradebook.sources import handed
from grader.grading.fingerprint import page_code
from grader.report.class_summary import ClassCounter, ClassSummary
from grader.report.code_view import Code, wanted
from grader.report.exercise_summary import ExerciseTally
from grader.results import ExerciseResult, status

_TOGETHER: Final = 100
"""Pages stamped in one transaction; after a killed run, at most this many are written again."""
_FEW: Final = 20
"""Pages that this process writes itself, in less time than another process takes to start."""


def publish(
    book: Gradebook,
    out: Path,
    *,
    jobs: int = 0,
    everything: bool = False,
    moved: Moved = lambda done, total: None,
) -> ClassSummary:
    """Write the folder of a class and return the class's summary; no result stays in memory.

    Args:
        everything: whether to write pages that are not stale as well.
        moved: called with the number of students done and of all.
    """
    store, title = Store(out), book.policy().title or "Exercises"
    stamps, code = {} if everything else book.stamps(), page_code()
    counter, people = ClassCounter(), dict[str, Listed]()
    made: dict[str, str] = {}

    def stale() -> Iterator[Record]:
        for record in records(book, moved=moved):
            counter.add(record.result, flags=record.flags, is_listed=bool(record.listed))
            people[record.student] = Listed(record.name, record.ident, status(record.result))
            for name, _ in record.handed[1:]:
                store.drop(name)  # its page was written before a roster joined it with another name
            if stamps.get(record.student) != _stamp(record, code) or not store.has(record.student):
                yield record

    rest = stale()
    first = list(islice(rest, _FEW + 1))
    many = len(first) > _FEW
    sheets = ((record, _sheet(book, record)) for record in chain(first, rest))
    written = _by_processes(sheets, out, title, jobs) if many else _here(sheets, store, title)
    for record in written:
        made[record.student] = _stamp(record, code)
        if len(made) == _TOGETHER:
            book.stamp(made)
            made.clear()
    book.stamp(made)
    seen = counter.summary()
    _about_the_class(book, store, seen, people, title)
    return seen


def _stamp(record: Record, code: str) -> str:
    """Return a hash of all that a student's page depends on: its record and the code that makes pages."""
    return hashlib.sha256(f"{record.stamp} {code}".encode()).hexdigest()


def _sheet(book: Gradebook, record: Record) -> Sheet:
    """Return what a student's pages are made of, with the files that hold graded functions."""
    paths: dict[str, set[str]] = defaultdict(set)
    for exercise in record.result.exercises:
        paths[record.digests.get(exercise.slug, "")] |= wanted(exercise)
    found = handed(book, filter(None, paths))
    files = {
        digest: {path: one.files[path] for path in sorted(paths[digest]) if path in one.files}
        for digest, one in found
        if one
    }
    return Sheet(result=record.result, code=Code(files, record.digests))


def _here(sheets: Iterable[tuple[Record, Sheet]], store: Store, title: str) -> Iterator[Record]:
    for record, sheet in sheets:
        try:
            store.put(sheet.result, sheet.code, title=title)
        except OSError as error:
            raise _unwritten(record, f"{error.filename}: {error.strerror}") from error
        yield record


def _by_processes(
    sheets: Iterable[tuple[Record, Sheet]], out: Path, title: str, jobs: int
) -> Iterator[Record]:
    waiting: dict[int, Record] = {}

    def handed_over() -> Iterator[Job]:
        for key, (record, sheet) in enumerate(sheets):
            waiting[key] = record
            yield Job(key, encode(sheet))

    for finished in Local(jobs).run(page_job.setup(out, title), handed_over()):
        record = waiting.pop(finished.key)
        if finished.fault:
            raise _unwritten(record, finished.fault)
        yield record


def _unwritten(record: Record, reason: str) -> GraderError:
    return GraderError(f"The page of {record.student} cannot be written: {reason}.")


def _about_the_class(
    book: Gradebook, store: Store, seen: ClassSummary, people: Mapping[str, Listed], title: str
) -> None:
    store.close(seen, people, title=title)
    texts, shown = book.texts(), _examples(book, seen.exercises)
    for tally in seen.exercises:
        mine = {student: shown[student, tally.slug] for student in tally.examples}
        store.put_exercise(tally, mine, title=title, text=texts.get(tally.slug, ""))
    store.put_changes(
        [
            (c.moment, c.student, c.subject, c.before, c.after, c.reason)
            for c in book.history(event="regraded")
        ]
    )


def _examples(book: Gradebook, tallies: Sequence[ExerciseTally]) -> dict[tuple[str, str], ExerciseResult]:
    """Return the results that exercises' pages show; they are read again, as none is kept in memory."""
    wanted = {(student, tally.slug) for tally in tallies for student in tally.examples}
    found: dict[tuple[str, str], ExerciseResult] = {}
    for record in records(book, students=sorted({student for student, _ in wanted})) if wanted else ():
        found.update({key: e for e in record.result.exercises if (key := (record.student, e.slug)) in wanted})
    return found
