"""Grading in a process of its own: set up once, then an order in and a result out."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

import msgspec

from grader.course.course import Course, on_this_machine
from grader.course.task import Task
from grader.errors import ExecutorError
from grader.executors import jobs
from grader.grading.fingerprint import suite_digest, task_digest, verdict_code
from grader.grading.pipeline import grade
from grader.results import Result
from grader.sandbox import Limits, Sandbox
from grader.submissions import Submission

_PULSE_S: Final = 1.0


class GradeSetup(msgspec.Struct, frozen=True, kw_only=True):
    """What a process that grades prepares."""

    course: str
    """Folder of the course."""
    lesson: str
    seed: str
    """Of the hidden cases, as `GRADER_SEED` says it; empty for the course's own."""
    level: str
    """Of the sandbox: a concrete one, so that all processes have the same."""
    limits: Limits
    suites: dict[str, str]
    """Digest of each exercise: a process that prepares others must not grade."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One submission, and the exercises that are wanted of it."""

    submission: Submission
    slugs: frozenset[str]


result = msgspec.msgpack.Decoder(Result).decode
_order = msgspec.msgpack.Decoder(Order).decode
_setup = msgspec.msgpack.Decoder(GradeSetup).decode


def setup(
    course: Course, tasks: Iterable[Task], *, lesson: str, seed: str, level: str, limits: Limits
) -> tuple[jobs.Setup, dict[str, str]]:
    """Return what a process that grades is told, and the digest of each exercise."""
    tasks = list(tasks)
    # Far more than one call and its new worker take at worst: a student must not gain by being slow.
    slowest_s = max((limits.asked(task.limits).wall_s for task in tasks), default=0.0)
    found = suites(course, tasks, limits)
    options = GradeSetup(
        course=str(course.root), lesson=lesson, seed=seed, level=level, limits=limits, suites=found
    )
    return jobs.Setup(
        work=f"{__name__}:grades",
        options=jobs.encode(options),
        silence_s=jobs.SILENCE_S + 10 * slowest_s,
    ), found


def suites(course: Course, tasks: Iterable[Task], limits: Limits) -> dict[str, str]:
    """Return the digest of each exercise, with our own code, the seed, and what limits the run has fixed."""
    version = _version(course, limits)
    return {task.slug: task_digest(task, version) for task in tasks}


def grades(link: Connection, options: bytes) -> None:
    """Grade every order; each result is sent as soon as it is there."""
    asked = _setup(options)
    here = on_this_machine(asked.course, seed=asked.seed)
    tasks = _tasks(here, asked)
    wanted: dict[str, frozenset[str]] = {}

    def submissions() -> Iterator[Submission]:
        for payload in jobs.payloads(link):
            order = _order(payload)
            wanted[order.submission.student] = order.slugs
            yield order.submission

    def send(result: Result) -> None:
        del wanted[result.student]
        link.send_bytes(jobs.DONE + jobs.encode(result))

    with Sandbox(level=asked.level, limits=asked.limits, alive=_Pulse(link).beat) as sandbox:
        link.send_bytes(jobs.READY)
        gc.freeze()  # the exercises stay: collections pass over them
        suite = suite_of(here, tasks, asked.limits)
        grade(
            submissions(), tasks, sandbox=sandbox, suite=suite, sink=send, slugs=lambda s: wanted[s.student]
        )


class _Pulse:
    """Tells the coordinator that a submission moves on, at most once a second."""

    def __init__(self, link: Connection) -> None:
        self._link, self._last = link, 0.0

    def beat(self) -> None:
        now = time.monotonic()
        if now >= self._last + _PULSE_S:
            self._last = now
            with suppress(OSError):  # nobody is there any more: the answer will meet the end too
                self._link.send_bytes(jobs.ALIVE)


def suite_of(course: Course, tasks: Iterable[Task], limits: Limits) -> str:
    """Return the digest of all exercises together, with all that else can change a verdict."""
    return suite_digest(tasks, _version(course, limits))


def _version(course: Course, limits: Limits) -> str:
    return f"{verdict_code()} {course.seed} {limits.digest}"


def _tasks(here: Course, asked: GradeSetup) -> list[Task]:
    tasks = here.tasks(lesson=asked.lesson)
    if suites(here, tasks, asked.limits) != asked.suites:
        raise ExecutorError(
            "The exercises are not those that grading began with: they, grader-kit, Python or numpy differ."
        )
    return tasks
