"""Prove many exercises by several processes; the proofs are in the order of the course."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.authoring import verify_job
from grader.authoring.oracle import Exact
from grader.authoring.verify import Proof, unproven
from grader.course.course import Course
from grader.course.discovery import Authored
from grader.executors import Job, Local


def proofs(
    course: Course,
    authored: Sequence[Authored],
    *,
    jobs: int = 0,
    with_mutants: bool = False,
    with_repairs: bool = False,
    done: Callable[[], object] = lambda: None,
) -> list[Proof]:
    """Return one proof for each exercise; an exercise that ends its process leaves the others proven.

    Raises `UsageError` if an exercise has an oracle and mpmath is not installed.

    Args:
        jobs: number of processes; 0 for one per core.
        done: called for each finished exercise.
    """
    if any(one.exercise.oracle for one in authored):
        Exact()
    setup = verify_job.setup(
        course.root, seed=course.seed, with_mutants=with_mutants, with_repairs=with_repairs
    )
    wanted = [Job(number, one.exercise.slug.encode()) for number, one in enumerate(authored)]
    found: dict[int, Proof] = {}
    for finished in Local(jobs).run(setup, wanted):
        one = authored[finished.key]
        lost = f"The grader itself failed here: {finished.fault}."
        found[finished.key] = unproven(one, lost) if finished.fault else verify_job.proof(finished.payload)
        done()
    return [found[number] for number in range(len(authored))]
