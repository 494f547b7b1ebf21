"""A process that proves answers every slug with its proof, by the seed and the mutants that it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.courses import author
from support.handed import Here

from grader.authoring import verify_job
from grader.authoring.verify import Proof
from grader.errors import GraderError
from grader.executors import Job


def proofs(folder: Path, *slugs: str, with_mutants: bool = False) -> list[Proof]:
    setup = verify_job.setup(folder, seed=7, with_mutants=with_mutants, with_repairs=False)
    jobs = [Job(number, slug.encode()) for number, slug in enumerate(slugs)]
    return [verify_job.proof(done.payload) for done in Here().run(setup, jobs)]


def proof(lesson: str, slug: str) -> Proof:
    return Proof(lesson=lesson, slug=slug, points=5, checks=3, mistakes=3, caught=3)


def test_each_slug_is_answered_with_its_proof_in_the_order_that_it_is_asked(tmp_path: Path) -> None:
    assert proofs(author(tmp_path), "again", "twice") == [
        proof("02_small", "again"),
        proof("01_small", "twice"),
    ]


def test_mutants_are_tried_where_they_are_asked_for(tmp_path: Path) -> None:
    (found,) = proofs(author(tmp_path), "twice", with_mutants=True)
    assert found.mutants > 0
    assert found.killed + found.equivalent == found.mutants


def test_a_slug_that_is_none_is_the_askers_fault(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"^There is no exercise called nope in reference/\.$"):
        proofs(author(tmp_path), "nope")


def test_a_proof_may_take_an_hour(tmp_path: Path) -> None:
    """All mutants of an exercise are tried in silence, and an author's own code may be slow."""
    assert verify_job.setup(tmp_path, seed=7, with_mutants=True, with_repairs=False).silence_s == 3600
