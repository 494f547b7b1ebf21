"""Classes for tests: in memory as a grader takes them, and from disk as a whole."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.executors import Done, Job, Setup
from grader.executors.jobs import DONE, Work
from grader.submissions import Submission, SubmissionInfo, collect

CODE = b"def relu(z):\n    return z\n"


def put(root: Path, *names: str, data: bytes = CODE) -> Path:
    """Write the same file under some names below a folder; return the folder."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def plain(name: str, files: dict[str, bytes], *notes: str, **more: object) -> Submission:
    """Return the submission of a student who is called as the folder is."""
    return Submission(name, files, notes, name=name, **more)  # type: ignore[arg-type]  # names of fields


@dataclass(frozen=True)
class InMemory:
    """A class whose files need no reading."""

    submissions: Sequence[Submission]

    @property
    def infos(self) -> list[SubmissionInfo]:
        return [one.info for one in self.submissions]

    def read(self, infos: Sequence[SubmissionInfo]) -> Iterator[Submission]:
        every = {one.student: one for one in self.submissions}
        return (every[info.student] for info in infos)


def everything(path: Path) -> tuple[tuple[Submission, ...], tuple[str, ...]]:
    """Return all submissions of a class, read as a grader reads them, and what belongs to nobody."""
    found = collect(path)
    submissions = tuple(found.read(found.infos))
    # Nothing has changed in between: what was listed is what is read, place apart.
    assert [one.info for one in submissions] == [
        SubmissionInfo(**{name: getattr(info, name) for name in SubmissionInfo.__slots__ if name != "place"})
        for info in found.infos
    ]
    return submissions, found.notes


def submissions(path: Path) -> tuple[Submission, ...]:
    """Return all submissions of a class."""
    return everything(path)[0]


class Here:
    """Does the work of a process, but in this one: for tests of that work, and of what comes after it."""

    def run(self, setup: Setup, jobs: Iterable[Job]) -> Iterator[Done]:
        link = _Link(iter(jobs))
        work: Work = pkgutil.resolve_name(setup.work)
        work(link, setup.options)  # type: ignore[arg-type]  # all that it needs of a connection
        yield from link.done


class _Link:
    """Both ends of a connection."""

    def __init__(self, jobs: Iterator[Job]) -> None:
        self._jobs = jobs
        self._given: list[int] = []
        self.done: list[Done] = []

    def recv_bytes(self) -> bytes:
        for job in self._jobs:
            self._given.append(job.key)
            return job.payload
        raise EOFError

    def send_bytes(self, data: bytes) -> None:
        if data.startswith(DONE):
            self.done.append(Done(self._given[len(self.done)], data.removeprefix(DONE)))
