"""An exercise that does not prove itself is told so, one sentence for each thing that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.authoring.verify import Proof, verify
from grader.course.discovery import Authored, load
from grader.sandbox import Limits, Sandbox

SOUND = '''"""Twice: double a number."""
import numpy as np
from grader import Exercise, arrays, call, checks

def twice(Z):
    """Return 2 * Z, without a loop."""
    return 2 * Z

exercise = Exercise(
    twice,
    inputs=arrays(),
    checks=(
        checks.preserves_shape(),
        checks.does_not_mutate(),
        checks.matches_reference().worth(3),
        checks.forbids_loops(),
    ),
    hints=("Where?", "How?"),
)

@exercise.mistake(caught_by=checks.matches_reference)
def squared(Z):
    """Z ** 2 is the square."""
    return Z**2

@exercise.mistake(caught_by="does_not_mutate")
def in_place(Z):
    """Z *= 2 changes the caller's array."""
    Z *= 2
    return Z

@exercise.mistake(caught_by=checks.forbids_loops)
def looping(Z):
    """No loop is needed."""
    for _ in range(1):
        Z = 2 * Z
    return Z
'''
PROOF = Proof(lesson="01_small", slug="twice", points=6, checks=4, mistakes=3, caught=3)
BODY = "    return 2 * Z\n\nexercise"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(cpu_s=1.0, restarts=0)) as one:
        yield one


def authored(folder: Path, text: str, slug: str = "twice") -> Authored:
    path = folder / "01_small" / f"{slug}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return load(path)


def proven(sandbox: Sandbox, folder: Path, old: str, new: str) -> Proof:
    """Return the proof of the sound exercise with one thing in it changed."""
    assert SOUND.count(old) == 1
    (proof,) = verify([authored(folder, SOUND.replace(old, new))], seed=3, sandbox=sandbox)
    return proof


def test_a_sound_exercise_has_no_findings(sandbox: Sandbox, tmp_path: Path) -> None:
    assert proven(sandbox, tmp_path, "How?", "How then?") == PROOF


def test_each_exercise_has_its_own_proof_in_order(sandbox: Sandbox, tmp_path: Path) -> None:
    other = SOUND.replace("twice", "double")
    both = [authored(tmp_path, SOUND), authored(tmp_path, other, "double")]
    assert [p.slug for p in verify(both, seed=3, sandbox=sandbox)] == ["twice", "double"]


def added(code: str) -> tuple[str, str]:
    """Return a change that adds one more mistake."""
    last = "@exercise.mistake(caught_by=checks.forbids_loops)"
    return last, f"{code}\n{last}"


MISTAKE = '@exercise.mistake(caught_by={})\ndef {}(Z):\n    """A sentence."""\n    return {}\n'
FINDINGS: dict[str, tuple[str, str]] = {
    "It forbids loops, and its docstring never speaks of them.": (
        "Return 2 * Z, without a loop.",
        "Return 2 * Z.",
    ),
    "It forbids functions, and its docstring never says so: name them or say “by hand”.": (
        "checks.forbids_loops(),",
        'checks.forbids_loops(), checks.forbids_calls("numpy.add"),',
    ),
    "The case “whole” asks what the docstring never says: speak of integer values of Z there.": (
        "inputs=arrays()",
        "inputs=arrays().also(whole=np.array([1, 2]))",
    ),
    "It has 1 hints; at least 2 are wanted.": ('hints=("Where?", "How?")', 'hints=("Where?",)'),
    "The mistake squared has no docstring to tell the student.": (
        '    """Z ** 2 is the square."""\n',
        "",
    ),
    "The check within judges nothing, so its points cannot be lost.": (
        "checks.preserves_shape(),",
        'checks.preserves_shape(), checks.within(0, 1).on("no such case"),',
    ),
    "The mistake even is to be caught by finite, which the exercise does not have.": added(
        MISTAKE.format("checks.finite", "even", "Z + 5")
    ),
    "The mistake lenient is not caught by preserves_shape; it fails matches_reference.": added(
        MISTAKE.format("checks.preserves_shape", "lenient", "Z + 5")
    ),
    "The cases cannot tell the mistakes squared and product apart.": added(
        MISTAKE.format("checks.matches_reference", "product", "Z * Z")
    ),
}


@pytest.mark.parametrize("finding", FINDINGS)
def test_what_is_missing_is_told_in_one_sentence(sandbox: Sandbox, tmp_path: Path, finding: str) -> None:
    assert proven(sandbox, tmp_path, *FINDINGS[finding]).findings == [finding]


def test_a_mistake_that_is_right_is_told_twice(sandbox: Sandbox, tmp_path: Path) -> None:
    right = MISTAKE.format("checks.matches_reference", "summed", "Z + Z")
    proof = proven(sandbox, tmp_path, *added(right))
    assert (proof.mistakes, proof.caught) == (4, 3)
    assert proof.findings == [
        "The mistake summed is not caught by matches_reference; it fails no check.",
        "The mistake summed gives the solution's answers in every case.",
    ]


def test_too_few_mistakes_are_counted(sandbox: Sandbox, tmp_path: Path) -> None:
    text = SOUND[: SOUND.index("@exercise.mistake(caught_by=checks.forbids_loops)")]
    (proof,) = verify([authored(tmp_path, text)], seed=3, sandbox=sandbox)
    assert (proof.mistakes, proof.caught) == (2, 2)
    assert proof.findings == ["It has 2 mistakes; at least 3 are wanted."]


def test_a_solution_that_fails_its_own_check_is_told_by_that_check(sandbox: Sandbox, tmp_path: Path) -> None:
    change = ("checks.preserves_shape(),", "checks.no_warnings(), checks.non_negative().on('a vector'),")
    first, *_ = proven(sandbox, tmp_path, *change).findings
    assert first == "The solution is failed: non_negative: A value is −1.04; expected none below 0."


def test_a_check_that_breaks_is_the_graders_fault(sandbox: Sandbox, tmp_path: Path) -> None:
    change = ("checks.preserves_shape(),", "checks.within('no', 'numbers'),")
    first, *_ = proven(sandbox, tmp_path, *change).findings
    assert first.startswith("The solution is undecided: within: The grader itself failed here: ")


def test_a_solution_that_fails_in_the_worker_alone_is_told_by_its_fault(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    change = (BODY, "    return 2 * Z * len(checks.KINDS) / len(checks.KINDS)\n\nexercise")
    first, *_ = proven(sandbox, tmp_path, *change).findings
    assert first == "The solution is raised: NameError on line 6: name 'checks' is not defined."


def test_a_stub_that_gives_the_solution_away_is_told(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.authoring.verify.stub", lambda one: "def twice(Z):\n    return 2 * Z\n")
    assert proven(sandbox, tmp_path, "How?", "How then?").findings == [
        "The stub is passed with 6 points; expected not_attempted with none."
    ]


def test_a_mistake_may_be_called_stub(sandbox: Sandbox, tmp_path: Path) -> None:
    code = MISTAKE.format("checks.matches_reference", "stub", "Z + 5")
    assert proven(sandbox, tmp_path, *added(code)).findings == []


def test_a_reference_that_ends_python_costs_itself_alone(sandbox: Sandbox, tmp_path: Path) -> None:
    code = MISTAKE.format("checks.preserves_shape", "leaving", "__import__('os')._exit(3)")
    proof = proven(sandbox, tmp_path, *added(code))
    assert proof.findings == [
        "The mistake leaving is not caught by preserves_shape; it fails matches_reference."
    ]
