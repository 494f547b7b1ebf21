"""What goes to a process and what comes back; plain data, so that any executor can carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal, Protocol

import msgspec

from grader.collect import Submission
from grader.digest import task_digest, verdict_code
from grader.results import Result
from grader.sandbox import Limits
from grader.task import Task

READY: Final = b"ready"
DONE: Final = b"+"
FAULT: Final = b"-"
"""How each message of a process begins."""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What a process prepares once, before its first job."""

    kind: Literal["grade", "page", "prove"]
    course: str = ""
    """Folder of the course."""
    lesson: str = ""
    seed: str = ""
    """Of the hidden cases, as `GRADER_SEED` says it; empty for the course's own."""
    level: str = ""
    """Of the sandbox: a concrete one, so that all processes have the same."""
    limits: Limits = Limits()
    suites: dict[str, str] = {}
    """Digest of each exercise: a process that prepares others must not grade."""
    out: str = ""
    """Folder of the class's pages."""
    title: str = ""
    mutants: bool = False
    """Whether proofs count mutants too."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One submission, and the exercises that are wanted of it."""

    submission: Submission
    slugs: frozenset[str]


class Job(msgspec.Struct, frozen=True):
    """One piece of work: an encoded `Order`, an encoded `Result` to make a page of, or a slug to prove."""

    key: int
    payload: bytes


class Done(msgspec.Struct, frozen=True):
    """What came of a job."""

    key: int
    payload: bytes = b""
    fault: str = ""
    """Why two processes in a row ended over it; a result then is none."""


class Executor(Protocol):
    """Does jobs in any order, each at least once."""

    def run(self, setup: Setup, jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield what came of each job as soon as it is there; raises `ExecutorError` if none can be done."""


def suites(tasks: Iterable[Task], limits: Limits) -> dict[str, str]:
    """Return the digest of each exercise, our own code and what limits the run has fixed included."""
    version = verdict_code() + limits.digest
    return {task.slug: task_digest(task, version) for task in tasks}


def grading_setup(
    course: Path, tasks: Iterable[Task], *, lesson: str, seed: str, level: str, limits: Limits
) -> Setup:
    """Return what a process that grades needs."""
    return Setup(
        kind="grade",
        course=str(course),
        lesson=lesson,
        seed=seed,
        level=level,
        limits=limits,
        suites=suites(tasks, limits),
    )


encode = msgspec.msgpack.encode
order = msgspec.msgpack.Decoder(Order).decode
result = msgspec.msgpack.Decoder(Result).decode
setup = msgspec.msgpack.Decoder(Setup).decode
