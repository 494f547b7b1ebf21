"""Prove exercises: the solution passes, the stub fails, and the named check catches each mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from grader.authoring import mutants, oracle
from grader.cases import promises
from grader.cases.case import Answer
from grader.course.authored_source import standing_in, stub
from grader.course.discovery import Authored
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.errors import AuthorError
from grader.explain.mistakes import Mistakes, coincide
from grader.grading.pipeline import grade
from grader.repair.known import repaired
from grader.repair.proof import OTHER_SEED
from grader.repair.telling import told
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import Submission
from grader.text.numbers import plural

MISTAKES, HINTS = 3, 2
_STUB = "the stub"
"""Name of the stub's submission; no function, and so no mistake, can have this name."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of verifying one exercise."""

    lesson: str
    slug: str
    points: float
    checks: int
    mistakes: int
    caught: int
    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    """Number of mutants that the author marked as equivalent; see `grader.authoring.mutants`."""
    repaired: dict[str, str] = {}
    """The known mistakes that a search repairs without knowing them, each with the kind of the repair."""
    findings: list[str] = []
    """Sentences on what is wrong; empty if the exercise is proven."""


def verify(
    authored: Sequence[Authored],
    *,
    seed: int,
    sandbox: Sandbox,
    with_mutants: bool = False,
    with_repairs: bool = False,
) -> list[Proof]:
    """Return one proof for each exercise; solutions, stubs and mistakes are graded in the worker."""
    more = {"with_mutants": with_mutants, "with_repairs": with_repairs}
    return [_proof(one, seed, sandbox, **more) for one in authored]


def unproven(authored: Authored, finding: str) -> Proof:
    """Return the proof of an exercise that could not be graded."""
    exercise = authored.exercise
    return Proof(
        lesson=authored.lesson,
        slug=exercise.slug,
        points=exercise.points,
        checks=len(exercise.checks),
        mistakes=len(exercise.mistakes),
        caught=0,
        findings=[finding],
    )


def unloadable(path: Path, error: AuthorError) -> Proof:
    """Return the proof of a file that cannot be loaded."""
    finding = f"{error}."
    return Proof(
        lesson=path.parent.name, slug=path.stem, points=0, checks=0, mistakes=0, caught=0, findings=[finding]
    )


def _proof(
    authored: Authored, seed: int, sandbox: Sandbox, *, with_mutants: bool, with_repairs: bool
) -> Proof:
    try:
        task = prepare(authored, seed=seed)
        proof = _prove(authored, task, Mistakes(sandbox), sandbox)
        proof = _mutated(proof, authored, task, sandbox) if with_mutants else proof
        return _repaired(proof, authored, seed, sandbox) if with_repairs else proof
    except AuthorError as error:
        return unproven(authored, f"{error}.")


def _mutated(proof: Proof, authored: Authored, task: Task, sandbox: Sandbox) -> Proof:
    """Return the proof with the score of the solution's mutants."""
    score = mutants.score(task, authored.exercise.equivalents, sandbox)
    return msgspec.structs.replace(
        proof,
        mutants=score.mutants,
        killed=score.killed,
        equivalent=score.equivalent,
        findings=[*proof.findings, *score.findings],
    )


def _repaired(proof: Proof, authored: Authored, seed: int, sandbox: Sandbox) -> Proof:
    """Return the proof with the known mistakes that a search repairs by itself."""
    task, fresh = prepare(authored, seed=seed), prepare(authored, seed=seed + OTHER_SEED)
    found = {name: one for name, one in repaired(task, sandbox, fresh=fresh).items() if one and one.is_full}
    return msgspec.structs.replace(proof, repaired={name: told(one).kind for name, one in found.items()})


def _prove(authored: Authored, task: Task, mistakes: Mistakes, sandbox: Sandbox) -> Proof:
    names = [m.name for m in task.mistakes]
    results = _graded(authored, task, mistakes, sandbox)
    uncaught = [s for m in task.mistakes for s in _uncaught(task, m.name, m.caught_by, results[m.name])]
    findings = [
        *_declared(authored, task),
        *_solution(results[task.slug]),
        *_stub(results[_STUB]),
        *_reachable(task, results[task.slug]),
        *_disproved(authored, task),
        *_unpromised(authored, task),
        *uncaught,
        *_told_apart(task, mistakes.ask(task, task.slug)[task.slug], mistakes.answers(task)),
    ]
    return Proof(
        lesson=task.lesson,
        slug=task.slug,
        points=task.max_points,
        checks=len(task.checks),
        mistakes=len(names),
        caught=len(names) - len(uncaught),
        findings=findings,
    )


def _graded(authored: Authored, task: Task, mistakes: Mistakes, sandbox: Sandbox) -> dict[str, Result]:
    """Return the results of the solution, the stub and each mistake, graded like submissions."""
    submissions = [Submission(_STUB, {f"{task.slug}.py": stub(authored).encode()})]
    for name in (task.slug, *(m.name for m in task.mistakes)):
        submissions.append(Submission(name, {f"{task.slug}.py": standing_in(task, name)}))
    found: dict[str, Result] = {}
    grade(
        submissions,
        [task],
        sandbox=sandbox,
        suite="",
        mistakes=mistakes,
        sink=lambda r: found.update({r.student: r}),
    )
    return found


def _declared(authored: Authored, task: Task) -> list[str]:
    exercise = authored.exercise
    findings = []
    if len(exercise.mistakes) < MISTAKES:
        findings.append(f"It has {len(exercise.mistakes)} mistakes; at least {MISTAKES} are wanted.")
    if len(exercise.hints) < HINTS:
        findings.append(f"It has {len(exercise.hints)} hints; at least {HINTS} are wanted.")
    silent = [m.name for m in exercise.mistakes if not m.message]
    return findings + [f"The mistake {name} has no docstring to tell the student." for name in silent]


def _solution(result: Result) -> list[str]:
    exercise = result.exercises[0]
    if exercise.status == "passed":
        return []
    if exercise.error:
        return [f"The solution is {exercise.status}: {exercise.error.sentence}"]
    blame = "undecided" if exercise.status == "undecided" else "failed"
    wrong = next(c for c in sorted(exercise.checks, key=lambda c: c.advice) if c.status == blame)
    return [f"The solution is {exercise.status}: {wrong.name}: {wrong.sentence}"]


def _disproved(authored: Authored, task: Task) -> list[str]:
    """Return a finding on the first case in which the solution is too far from the oracle's exact values."""
    declared = authored.exercise.oracle
    if declared is None:
        return []
    for case in task.cases:
        expected = task.expected[case.name]
        if expected.value is None:
            continue  # an exception is expected
        for found in oracle.disproofs(declared, case, expected.value, expected.allowed):
            return [f"The oracle disproves the solution in the case “{case.name}”: {found}."]
    return []


def _unpromised(authored: Authored, task: Task) -> list[str]:
    """Return what cases ask and checks forbid although the stub's text never says so."""
    text = authored.exercise.promises
    asking: dict[str, list[str]] = {}
    for case in task.cases:
        asking.setdefault(promises.unsaid(text, case), []).append(case.of or case.name)
    findings = [
        f"{_cases(names)} what the docstring never says: speak of {word} there."
        for word, names in asking.items()
        if word
    ]
    kinds = {check.kind.name: check for check in authored.exercise.checks}
    if "forbids_loops" in kinds and not promises.says_no_loops(text.whole):
        findings.append("It forbids loops, and its docstring never speaks of them.")
    if "forbids_calls" in kinds and not promises.says_without(
        text.whole, kinds["forbids_calls"].options["names"]
    ):
        findings.append("It forbids functions, and its docstring never says so: name them or say “by hand”.")
    return findings


def _cases(names: Sequence[str]) -> str:
    """Return the first of some cases as the subject of a sentence; one cause is one finding."""
    first, *others = dict.fromkeys(names)
    if not others:
        return f"The case “{first}” asks"
    return f"The case “{first}” and {plural(len(others), 'other')} ask"


def _stub(result: Result) -> list[str]:
    exercise = result.exercises[0]
    if exercise.status == "not_attempted" and exercise.points == 0:
        return []
    return [
        f"The stub is {exercise.status} with {exercise.points:g} points; expected not_attempted with none."
    ]


def _reachable(task: Task, result: Result) -> list[str]:
    verdicts = {check.name: check.status for check in result.exercises[0].checks}
    idle = [b.id for b in task.checks if verdicts[b.id] == "inconclusive"]
    return [f"The check {name} judges nothing, so its points cannot be lost." for name in idle]


def _uncaught(task: Task, name: str, caught_by: str, result: Result) -> list[str]:
    checks = result.exercises[0].checks
    kinds = {bound.id: bound.check.kind.name for bound in task.checks}
    wanted = [c for c in checks if caught_by in (c.name, kinds[c.name])]
    if not wanted:
        return [f"The mistake {name} is to be caught by {caught_by}, which the exercise does not have."]
    if any(c.status == "failed" for c in wanted):
        return []
    failed = ", ".join(c.name for c in checks if c.status == "failed") or "no check"
    return [f"The mistake {name} is not caught by {caught_by}; it fails {failed}."]


def _told_apart(
    task: Task, solution: Mapping[str, Answer], mistakes: Mapping[str, Mapping[str, Answer]]
) -> list[str]:
    findings = []
    names = list(mistakes)
    for number, name in enumerate(names):
        if coincide(task, mistakes[name], solution):
            findings.append(f"The mistake {name} gives the solution's answers in every case.")
        twins = [n for n in names[:number] if coincide(task, mistakes[name], mistakes[n])]
        findings += [f"The cases cannot tell the mistakes {twin} and {name} apart." for twin in twins]
    return findings
