"""The proofs of many exercises, by as many processes as may be used, in the order of the course."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from grader.course import Course
from grader.executors import Job, Local, Setup
from grader.exercise import Authored
from grader.numerics.oracle import Exact
from grader.verify import Proof, unproven

_decode = msgspec.msgpack.Decoder(Proof).decode

_SILENCE_S = 3600.0
"""How long a proof may take: all mutants of an exercise, and an author's own code."""


def proofs(
    course: Course,
    authored: Sequence[Authored],
    *,
    jobs: int = 0,
    with_mutants: bool = False,
    done: Callable[[], object] = lambda: None,
) -> list[Proof]:
    """Return one proof an exercise; one that the processes end over costs itself alone.

    Raises `UsageError` where an exercise has an oracle and mpmath is not installed: that proves nothing.

    Args:
        jobs: processes; 0 for one a core.
        done: called for each exercise that is through.
    """
    if any(one.exercise.oracle for one in authored):
        Exact()
    setup = Setup(
        kind="prove",
        course=str(course.root),
        seed=str(course.seed),
        mutants=with_mutants,
        silence_s=_SILENCE_S,
    )
    wanted = [Job(number, one.exercise.slug.encode()) for number, one in enumerate(authored)]
    found: dict[int, Proof] = {}
    for finished in Local(jobs).run(setup, wanted):
        one = authored[finished.key]
        lost = f"The grader itself failed here: {finished.fault}."
        found[finished.key] = unproven(one, lost) if finished.fault else _decode(finished.payload)
        done()
    return [found[number] for number in range(len(authored))]
