"""Search repairs for wrong code whose cause is known, and count what is found."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.course import Course, find
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.grading.pipeline import grade
from grader.repair import donors
from grader.repair.known import standing_alone
from grader.repair.proof import OTHER_SEED
from grader.repair.repair import Proven
from grader.repair.search import search
from grader.results import Result
from grader.sandbox import Sandbox
from grader.submissions import Submission
from grader.submissions.source import Found, parse

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Wrong:
    """A wrong solution and what is wrong with it."""

    slug: str
    name: str
    cause: str
    source: str
    mistake: str = ""
    """The known mistake that it is, whose pair may not be a donor."""
    slips: int = 1


@dataclass(frozen=True)
class Outcome:
    """What was found for a wrong solution."""

    wrong: Wrong
    repair: Proven | None
    seconds: float
    told: str
    """The likely cause that is named without a repair; empty if there is none."""


def mistakes(course: Course, slugs: Sequence[str] = ()) -> Iterator[Wrong]:
    """Yield the known mistakes of a course as submissions."""
    for one in course.authored(slugs=slugs):
        for mistake in one.exercise.mistakes:
            source = standing_alone(one.source, one.exercise.slug, mistake.name)
            yield Wrong(one.exercise.slug, mistake.name, mistake.message, source, mistake.name)


def beginners(course: Course, slugs: Sequence[str] = ()) -> Iterator[Wrong]:
    """Yield beginners' wrong solutions."""
    from tests.fairness import corpus

    for one in course.authored(slugs=slugs):
        slug = one.exercise.slug
        for name, (text, cause, slips) in corpus.WRONG.get(slug, {}).items():
            yield Wrong(slug, name, cause, f"import numpy as np\n{text}", slips=slips)


def measured(course: Course, wrongs: Sequence[Wrong], *, alone: bool = False) -> Iterator[Outcome]:
    """Yield what is found for each wrong solution.

    Args:
        alone: without donors, as on a student's machine.
    """
    authored = {one.exercise.slug: one for one in course.authored()}
    tasks = {}
    with Sandbox() as sandbox:
        for wrong in wrongs:
            if wrong.slug not in tasks:
                one = authored[wrong.slug]
                seeds = (course.seed, course.seed + OTHER_SEED)
                tasks = {wrong.slug: tuple(prepare(one, seed=seed) for seed in seeds)}
            task, fresh = tasks[wrong.slug]
            file = parse(f"{wrong.slug}.py", wrong.source.encode())
            given = None if alone else donors.of(task.source, task.slug, wrong.mistake)
            began = time.process_time()
            found = search(
                task, Found(file, wrong.slug, {file.path: file}), sandbox, donors=given, fresh=fresh
            )
            seconds = time.process_time() - began
            yield Outcome(wrong, found, seconds, told(wrong, task, sandbox) if not wrong.mistake else "")


def told(wrong: Wrong, task: Task, sandbox: Sandbox) -> str:
    """Return the likely cause that the grader names."""
    results: list[Result] = []
    submission = Submission("one", {f"{wrong.slug}.py": wrong.source.encode()})
    grade([submission], [task], sandbox=sandbox, suite="", sink=results.append)
    found = results[0].exercises[0].diagnosis
    return found.message if found else ""


def row(one: Outcome) -> str:
    """Return an outcome as lines to read: the true cause, and what the repair says."""
    wrong, repair = one.wrong, one.repair
    head = f"{wrong.slug} | {wrong.name} | {wrong.slips} | {wrong.cause}"
    if one.told:
        head += f"\n    told: {one.told}"
    if repair is None:
        return f"{head}\n    none ({one.seconds:.1f} s)"
    word = "full" if repair.is_full else "part"
    lines = [f"      {line.number}: {line.old}\n      {line.number}> {line.new}" for line in repair.lines]
    kinds = ", ".join(repair.kinds) + (" (donor)" if repair.uses_donor else "")
    sentences = " ".join(place.sentence for place in repair.where)
    return "\n".join([head, f"    {word}: {kinds}: {sentences} ({one.seconds:.1f} s)", *lines])


def figures(outcomes: Sequence[Outcome]) -> str:
    """Return the counts."""
    found = [one.repair for one in outcomes if one.repair]
    full = [one for one in found if one.is_full]
    steps = Counter(len(one.kinds) for one in full)
    seconds = sorted(one.seconds for one in outcomes)
    kinds = Counter(kind for one in found for kind in one.kinds)
    total = max(len(outcomes), 1)
    return "\n".join([
        f"{len(outcomes)} wrong solutions: {len(full)} repaired in full ({len(full) / total:.0%}), "
        f"{steps[1]} by one change and {steps[2]} by two; {len(found) - len(full)} in part; "
        f"{sum(one.uses_donor for one in found)} with a donor.",
        f"{sum(bool(one.repair or one.told) for one in outcomes)} have a repair or a likely cause.",
        f"CPU seconds of a search: median {seconds[len(seconds) // 2]:.2f}, "
        f"mean {sum(seconds) / total:.2f}, most {seconds[-1]:.1f}.",
        "Kinds: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()),
    ])  # fmt: skip


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.repair")
    parser.add_argument("which", choices=("mistakes", "beginners"))
    parser.add_argument("--one-in", type=int, default=1, help="search only each so-manieth")
    parser.add_argument("--start", type=int, default=0, help="the first one")
    parser.add_argument("--slug", default="")
    parser.add_argument("--alone", action="store_true", help="without donors")
    given = parser.parse_args()
    course = find(ROOT)
    make = mistakes if given.which == "mistakes" else beginners
    wrongs = list(make(course, [given.slug] if given.slug else ()))[given.start :: given.one_in]
    outcomes = []
    for one in measured(course, wrongs, alone=given.alone):
        outcomes.append(one)
        print(row(one), flush=True)
    print(figures(outcomes))
