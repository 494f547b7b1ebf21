"""What the public cases say of a candidate: which checks pass, and how near each answer is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from grader.cases.case import Answer, Case
from grader.cases.nested import is_exact, part, paths
from grader.checks.compare import differ, unlike
from grader.checks.context import Observation
from grader.course.task import Bound, Task
from grader.grading.verdicts import judge, observations
from grader.numerics.tolerance import wrong
from grader.results import EARNED, CheckResult
from grader.submissions.source import Found

_PROBES = 4
"""Most failing cases that tell whether a candidate is better."""
_MORE = 3
"""Most further wrong cases in which a candidate may come nearer."""
_EXACT = ("matches_reference", "stable_at")
"""Kinds of checks that are right where the answer is the solution's."""
Answers = Mapping[str, Answer]


def public(task: Task) -> Task:
    """Return a task with its public cases only."""
    checks = [replace(b, cases=tuple(n for n in b.cases if n not in task.secret)) for b in task.checks]
    return replace(
        task,
        cases=tuple(case for case in task.cases if case.name not in task.secret),
        checks=tuple(b for b in checks if b.cases and not b.check.is_hidden),
    )


@dataclass(frozen=True)
class Verdicts:
    """The results of the checks of one candidate."""

    results: Mapping[str, CheckResult]

    @cached_property
    def earned(self) -> frozenset[str]:
        """The ids of the checks that earn their points."""
        return frozenset(n for n, r in self.results.items() if r.status in EARNED)

    @property
    def is_full(self) -> bool:
        """Whether all checks but advice earn their points."""
        return all(r.status in EARNED or r.advice for r in self.results.values())

    @property
    def points(self) -> float:
        """Sum of the points."""
        return sum(r.points for r in self.results.values())


@dataclass(frozen=True)
class Judge:
    """Judges answers to the public cases of a task."""

    task: Task

    @cached_property
    def cases(self) -> dict[str, Case]:
        """The public cases by name."""
        return {case.name: case for case in self.task.cases}

    def verdicts(self, answers: Answers, source: Found) -> Verdicts:
        """Return the verdicts of all checks on the answers to all public cases."""
        seen = observations(self.task, answers)
        found: dict[str, CheckResult] = {}
        earlier = ""
        for bound in self.task.checks:
            result = judge(self.task, bound, seen, source, earlier)
            found[bound.id] = result
            if result.status == "failed" and not result.advice:
                earlier = earlier or result.title
        return Verdicts(found)

    def probes(self, verdicts: Verdicts, *, strict: bool = True) -> list[tuple[Bound, Case]]:
        """Return failing checks, each with the case that shows its failure; the first must be mended.

        Args:
            strict: whether, of two checks that fail in one case, the one that compares values is taken; it
                lets fewer wrong answers through than the first one does.
        """
        found: dict[str, tuple[Bound, Case]] = {}
        for bound in self.task.checks:
            result = verdicts.results[bound.id]
            if result.status == "failed" and not result.advice and result.case in self.cases:
                before = found.get(result.case)
                is_stricter = strict and bound.check.kind.compares
                if before is None or (is_stricter and not before[0].check.kind.compares):
                    found[result.case] = bound, self.cases[result.case]
        return list(found.values())[:_PROBES]

    def is_right(self, bound: Bound, case: Case, answer: Answer, source: Found) -> bool:
        """Return whether one check finds nothing wrong with one answer."""
        expected = self.task.expected[case.name]
        check = bound.check
        if check.kind.name in _EXACT and self.rank(case, answer) < 3:  # the same, and quick
            return False
        seen = Observation(case, answer, expected, self.task.parameters.names)
        context = check.context([seen], bound.facts, source=source, elsewhere=self.task.elsewhere(bound))
        return bool(context.partition.judged) and not check.judge(context)

    def rank(self, case: Case, answer: Answer) -> float:
        """Return how near an answer is: 0 no value, 1 another type or shape, 2 to 3 by its right elements."""
        expected = self.task.expected[case.name]
        if answer.outcome != "returned":
            return 0.0
        if expected.value is None:
            return 1.0
        if unlike(answer.value, expected.value) is not None:
            return 1.0
        with np.errstate(all="ignore"):
            shares = [
                _wrong_share(part(answer.value, path), other, expected.allowed.at(path))
                for path, other in paths(expected.value)
            ]
        return 3.0 - sum(shares) / max(len(shares), 1)

    def wrong(self, answers: Answers, *, besides: Sequence[Case]) -> list[Case]:
        """Return further cases with a wrong answer, few of them."""
        known = {case.name for case in besides}
        found = [c for n, c in self.cases.items() if n not in known and self.rank(c, answers[n]) < 3]
        return found[:_MORE]

    def total(self, answers: Answers) -> float:
        """Return the sum of all ranks."""
        return sum(self.rank(case, answers[name]) for name, case in self.cases.items())

    def is_nowhere_worse(self, before: Answers, after: Answers) -> bool:
        """Return whether each answer after a change is right, unchanged, or nearer to the right one."""
        for name, case in self.cases.items():
            rank = self.rank(case, after[name])
            if rank < 3 and rank <= self.rank(case, before[name]) and not _is_same(before[name], after[name]):
                return False
        return True


def _wrong_share(got: object, expected: object, allowed: Any) -> float:
    """Return the share of the elements that are wrong."""
    if is_exact(expected):
        return float(got != expected)
    mask = wrong(np.asarray(got), np.asarray(expected), allowed)
    return float(np.mean(mask)) if mask.size else 0.0


def _is_same(one: Answer, other: Answer) -> bool:
    if one.outcome != other.outcome or one.outcome != "returned":
        return one.outcome == other.outcome
    if unlike(one.value, other.value) is not None or unlike(other.value, one.value) is not None:
        return False
    with np.errstate(all="ignore"):
        return all(
            differ(_finite(part(one.value, path)), _finite(its)) is None for path, its in paths(other.value)
        )


def _finite(value: object) -> object:
    """Return a value with nan for all that is not finite: of inf and nan, neither is nearer to a number."""
    if is_exact(value):
        return value
    array = np.asarray(value)
    return np.where(np.isfinite(array), array, np.nan) if array.dtype.kind in "fc" else array
