"""Many processes prove what one does, in the course's order; whatever ends one costs its own exercise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.courses import author

from grader.authoring import scaffold
from grader.authoring.verify import Proof, verify
from grader.authoring.verify_all import proofs
from grader.course.course import Course, find
from grader.sandbox import Sandbox

LATER = "03_more"


def proof(lesson: str, slug: str, *findings: str, caught: int = 3) -> Proof:
    counts = {"points": 5, "checks": 3, "mistakes": 3, "caught": caught}
    return Proof(lesson=lesson, slug=slug, findings=list(findings), **counts)


def changed(here: Course, name: str, old: str, new: str) -> Path:
    path = here.reference / name
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    return path


@pytest.fixture
def here(tmp_path: Path) -> Course:
    reference = author(tmp_path) / "reference"
    for slug in ("thrice", "half"):
        scaffold.create(reference, f"{LATER}/{slug}")
    return find(tmp_path)


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.soak), 3])
def test_any_number_of_processes_gives_the_proofs_of_this_one(here: Course, jobs: int) -> None:
    authored = here.authored()
    through: list[None] = []
    found = proofs(here, authored, jobs=jobs, with_mutants=True, done=lambda: through.append(None))
    with Sandbox() as sandbox:
        assert found == verify(authored, seed=here.seed, sandbox=sandbox, with_mutants=True)
    assert [p.slug for p in found] == ["twice", "again", "half", "thrice"]
    assert found[0].mutants > 0
    assert len(through) == 4


def test_an_exercise_that_ends_its_process_costs_itself_alone(here: Course) -> None:
    changed(here, "01_small/twice.py", "    return 2 * Z", "    import os\n\n    os._exit(3)")
    lost = "The grader itself failed here: two processes in a row ended over it."
    assert proofs(here, here.authored(), jobs=2) == [
        proof("01_small", "twice", lost, caught=0),
        proof("02_small", "again"),
        proof(LATER, "half"),
        proof(LATER, "thrice"),
    ]


def test_an_exercise_that_cannot_be_prepared_costs_itself_alone(here: Course) -> None:
    path = changed(here, "02_small/again.py", "    return 2 * Z", "    return 2 * z")
    why = "the solution fails on the case “a vector”: NameError: name 'z' is not defined"
    assert proofs(here, here.authored(lesson="02")) == [
        proof("02_small", "again", f"{path}: {why}.", caught=0)
    ]


def test_hidden_cases_are_those_of_the_courses_own_seed(here: Course) -> None:
    # People read public numbers, which are short; what is raised shows a hidden one.
    code = "    if len(f'{Z.flat[0]}') > 8:\n        raise ValueError(Z.flat[0])\n    return 2 * Z"
    changed(here, "02_small/again.py", "    return 2 * Z", code)
    authored = here.authored(lesson="02")
    told = []
    for seed in (5, 6):
        told.append(proofs(replace(here, secret_seed=str(seed)), authored))
        with Sandbox() as sandbox:
            assert told[-1] == verify(authored, seed=seed, sandbox=sandbox)
    assert told[0] != told[1]
