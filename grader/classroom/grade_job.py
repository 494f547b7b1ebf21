"""Grade in a process of its own: it is set up once, then takes orders and returns results."""

from __future__ import annotations

import gc
import time
import warnings
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
    """The set-up of a grading process."""

    course: str
    """Folder of the course."""
    lesson: str
    seed: str
    """Seed of the hidden cases, in the form of `GRADER_SEED`; empty for the course's own."""
    level: str
    """Level of the sandbox, never empty, so that all processes use the same."""
    limits: Limits
    suites: dict[str, str]
    """Digest of each exercise; a process with other exercises must not grade."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One submission, and the exercises to grade of it."""

    submission: Submission
    slugs: frozenset[str]


result = msgspec.msgpack.Decoder(Result).decode
_order = msgspec.msgpack.Decoder(Order).decode
_setup = msgspec.msgpack.Decoder(GradeSetup).decode


def setup(
    course: Course, tasks: Iterable[Task], *, lesson: str, seed: str, level: str, limits: Limits
) -> tuple[jobs.Setup, dict[str, str]]:
    """Return the set-up of a grading process, and the digest of each exercise."""
    tasks = list(tasks)
    # Far longer than one call and a new worker take at worst. Otherwise, a slow submission would end the
    # grading process, and its points would be open instead of lost.
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
    """Return the digest of each exercise together with our code, the seed and the run's own limits."""
    version = _version(course, limits)
    return {task.slug: task_digest(task, version) for task in tasks}


def grades(link: Connection, options: bytes) -> None:
    """Grade every order, and send each result as soon as it is complete."""
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

    # A signal that ends this process may come while pytest writes its record. The coordinator tells of it.
    warnings.filterwarnings("ignore", "A plugin raised an exception during an old-style hookwrapper teardown")
    with Sandbox(level=asked.level, limits=asked.limits, alive=Pulse(link).beat) as sandbox:
        link.send_bytes(jobs.READY)
        gc.freeze()  # garbage collection skips the exercises, which are never freed
        suite = suite_of(here, tasks, asked.limits)
        grade(
            submissions(), tasks, sandbox=sandbox, suite=suite, sink=send, slugs=lambda s: wanted[s.student]
        )


class Pulse:
    """Sends a heartbeat to the coordinator, at most one per second."""

    def __init__(self, link: Connection) -> None:
        self._link, self._last = link, 0.0

    def beat(self) -> None:
        now = time.monotonic()
        if now >= self._last + _PULSE_S:
            self._last = now
            with suppress(OSError):  # the coordinator is gone, which sending the result will report
                self._link.send_bytes(jobs.ALIVE)


def suite_of(course: Course, tasks: Iterable[Task], limits: Limits) -> str:
    """Return the digest of all exercises together with all else that can change a verdict."""
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
