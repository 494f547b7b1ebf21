"""Grade every implementation as a submission and compare it with what it ought to get."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from grader.course.authored_source import runnable
from grader.course.course import Course, find
from grader.course.discovery import Authored
from grader.course.preparation import prepare
from grader.grading.pipeline import grade
from grader.results import ExerciseResult, Result
from grader.sandbox import Sandbox
from grader.submissions import Submission

from . import corpus
from .right import RIGHT
from .wrong import WRONG

_HEAD = "import numpy as np\n"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Implementation:
    """One function that a learner could hand in."""

    slug: str
    name: str
    right: bool
    source: str
    cause: str = ""
    """What is wrong with it, where a person has said so."""
    slips: int = 1


def implementations(course: Course, *, known: bool = True) -> Iterator[Implementation]:
    """Yield every right and wrong implementation, known mistakes included unless `known` is false."""
    for one in course.authored():
        slug = one.exercise.slug
        yield from (Implementation(slug, n, True, _source(one, b)) for n, b in RIGHT.get(slug, {}).items())
        yield from (Implementation(slug, n, False, _source(one, b)) for n, b in WRONG.get(slug, {}).items())
        yield from (
            Implementation(slug, n, True, _HEAD + text) for n, text in corpus.RIGHT.get(slug, {}).items()
        )
        for name, (text, cause, slips) in corpus.WRONG.get(slug, {}).items():
            yield Implementation(slug, name, False, _HEAD + text, cause, slips)
        for mistake in one.exercise.mistakes if known else ():
            text = runnable(one.source).decode() + f"\n\n{slug} = {mistake.name}\n"
            yield Implementation(slug, mistake.name, False, text)


def _source(one: Authored, body: str) -> str:
    names = list(one.exercise.parameters.names)
    head = ", ".join(f"{n}=0.01" if n == "alpha" else n for n in names)
    code = indent(dedent(body.strip("\n")), "    ")
    return f"import numpy as np\n\n\ndef {one.exercise.slug}({head}):\n{code}\n"


def judged(
    course: Course,
    *,
    seed: int | None = None,
    right_only: bool = False,
    known: bool = True,
    one_in: int = 1,
) -> list[tuple[Implementation, ExerciseResult]]:
    """Return implementations with their results.

    Args:
        seed: draws the hidden cases, else the course's own does.
        right_only: leave the wrong ones out.
        known: with the exercises' known mistakes.
        one_in: of beginners' wrong solutions only each so-manieth.
    """
    authored = {one.exercise.slug: one for one in course.authored()}
    by_slug: dict[str, list[Implementation]] = {}
    for number, one in enumerate(implementations(course, known=known)):
        if (right_only and not one.right) or (one.cause and number % one_in):
            continue
        by_slug.setdefault(one.slug, []).append(one)
    found: list[tuple[Implementation, ExerciseResult]] = []
    with Sandbox() as sandbox:
        for slug, group in by_slug.items():
            results: list[Result] = []
            submissions = [
                Submission(f"{i}", {f"{slug}.py": one.source.encode()}) for i, one in enumerate(group)
            ]
            task = prepare(authored[slug], seed=course.seed if seed is None else seed)
            grade(submissions, [task], sandbox=sandbox, suite="", sink=results.append)
            found += [(one, r.exercises[0]) for one, r in zip(group, results, strict=True)]
    return found


def unfair(found: list[tuple[Implementation, ExerciseResult]]) -> list[str]:
    """Return the right implementations that lost points, each with the reason."""
    return [
        f"{one.slug}, {one.name}: {_reason(e)}"
        for one, e in found
        if one.right and (e.points != e.max_points or e.diagnosis is not None)
    ]


def _reason(exercise: ExerciseResult) -> str:
    lost = [c.message for c in exercise.checks if c.status != "passed" and not c.advice]
    return lost[0] if lost else f"{exercise.error or exercise.diagnosis}"


def fooled(found: list[tuple[Implementation, ExerciseResult]]) -> list[str]:
    """Return the wrong implementations that kept all points."""
    return [f"{one.slug}, {one.name}" for one, e in found if not one.right and e.points == e.max_points]


def figures(found: list[tuple[Implementation, ExerciseResult]]) -> str:
    """Return what was found, in words."""
    wrong = [e for one, e in found if not one.right]
    lost, kept = unfair(found), fooled(found)
    named = sum(e.diagnosis is not None for e in wrong)
    told = [e for one, e in found if one.cause]
    lines = [
        f"{len(found) - len(wrong)} right implementations: {len(lost)} lost points.",
        *(f"  {line}" for line in lost),
        f"{len(wrong)} wrong implementations: {len(kept)} kept all points ({len(kept) / len(wrong):.1%}).",
        *(f"  {line}" for line in kept),
        f"{named} of the wrong ones have a likely cause ({named / len(wrong):.0%});",
        f"of beginners' own ones {sum(e.diagnosis is not None for e in told)} of {len(told)}.",
    ]
    return "\n".join(lines)


def causes(found: list[tuple[Implementation, ExerciseResult]]) -> str:
    """Return beginners' wrong solutions as a table to read: the true cause and what is told."""
    rows = [
        f"{one.slug} | {one.name} | {one.cause} | {e.diagnosis.message if e.diagnosis else '-'}"
        for one, e in found
        if one.cause
    ]
    return "\n".join(rows)


def main() -> None:
    """Print the figures; with `--causes` also each beginner's wrong solution and what is told of it."""
    found = judged(find(ROOT))
    if "--causes" in sys.argv[1:]:
        print(causes(found))
    print(figures(found))
