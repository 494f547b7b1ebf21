"""A process of ours that works for a coordinator, until its connection ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from grader import course
from grader.collect import Submission
from grader.digest import suite_digest, verdict_code
from grader.errors import ExecutorError, GraderError
from grader.executors import jobs
from grader.grading import grade
from grader.interrupts import sigterm_raises
from grader.results import Result
from grader.sandbox import Sandbox, for_own_code
from grader.store import Store
from grader.task import Task
from grader.verify import verify

_PULSE_S = 1.0


def main(descriptor: int) -> None:
    """Receive a set-up, answer that it stands or why not, then do one job after the other."""
    # Told to end, it may be anywhere, in telling its own fault too.
    with suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # even if it was ignored: the coordinator sends it
        with sigterm_raises():
            _work(Connection(descriptor))


def _work(link: Connection) -> None:
    try:
        setup = jobs.setup(link.recv_bytes())
        {"grade": grades, "page": pages, "prove": proves}[setup.kind](link, setup)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the coordinator has what it wanted, or is gone
    except GraderError as error:
        _tell(link, str(error))
    except OSError as error:
        _tell(link, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:  # a bug of ours: its sentence goes to whoever has to tell it
        _tell(link, f"{type(error).__name__}: {error}")


def _tell(link: Connection, reason: str) -> None:
    """Send why this process ends; the coordinator, having heard another's reason, may be gone."""
    with suppress(OSError):
        link.send_bytes(jobs.FAULT + reason.encode())


def grades(link: Connection, setup: jobs.Setup) -> None:
    """Grade every order; each result is sent as soon as it is there."""
    tasks = _tasks(setup)
    wanted: dict[str, frozenset[str]] = {}

    def submissions() -> Iterator[Submission]:
        for payload in _payloads(link):
            order = jobs.order(payload)
            wanted[order.submission.student] = order.slugs
            yield order.submission

    def send(result: Result) -> None:
        del wanted[result.student]
        link.send_bytes(jobs.DONE + jobs.encode(result))

    with Sandbox(level=setup.level, limits=setup.limits, alive=_Pulse(link).beat) as sandbox:
        link.send_bytes(jobs.READY)
        gc.freeze()  # the exercises stay: collections pass over them
        suite = suite_digest(tasks, verdict_code() + setup.limits.digest)
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


def _tasks(setup: jobs.Setup) -> list[Task]:
    tasks = _course(setup).tasks(lesson=setup.lesson)
    if jobs.suites(tasks, setup.limits) != setup.suites:
        raise ExecutorError(
            "The exercises are not those that grading began with: they, grader-kit, Python or numpy differ."
        )
    return tasks


def _course(setup: jobs.Setup) -> course.Course:
    if setup.seed:
        os.environ["GRADER_SEED"] = setup.seed
    return course.find(Path(setup.course))


def proves(link: Connection, setup: jobs.Setup) -> None:
    """Prove every exercise that is named; each proof is sent as soon as it is there."""
    here = _course(setup)
    with for_own_code() as sandbox:
        link.send_bytes(jobs.READY)
        for payload in _payloads(link):
            authored = here.authored(slugs=[payload.decode()])
            (proof,) = verify(authored, seed=here.seed, sandbox=sandbox, with_mutants=setup.mutants)
            link.send_bytes(jobs.DONE + jobs.encode(proof))


def pages(link: Connection, setup: jobs.Setup) -> None:
    """Write the result and the report of every student that is sent."""
    store = Store(Path(setup.out))
    link.send_bytes(jobs.READY)
    for payload in _payloads(link):
        store.put(jobs.result(payload), title=setup.title)
        link.send_bytes(jobs.DONE)


def _payloads(link: Connection) -> Iterator[bytes]:
    while True:
        try:
            yield link.recv_bytes()
        except (EOFError, OSError):
            return


if __name__ == "__main__":
    main(int(sys.argv[1]))
