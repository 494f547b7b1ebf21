"""Search a failing function for the smallest change that the exercise's checks accept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from grader.cases.case import Answer, Case
from grader.course.task import Bound, Task
from grader.repair.candidates import Candidate, Candidates
from grader.repair.code import Code, read
from grader.repair.donors import Donors
from grader.repair.judging import Judge, Verdicts, public
from grader.repair.patch import patched
from grader.repair.proof import is_proven
from grader.repair.repair import Proven
from grader.repair.trial import Trial
from grader.sandbox import Sandbox
from grader.submissions.source import Found, parse

CANDIDATES: Final = 1250
"""Most candidates with one change."""
SECOND: Final = 300
"""Most second changes of each candidate that is changed again."""
SEEDS: Final = 4
"""Most candidates that are changed again."""
_NEARER: Final = 300
"""Candidates among which those are sought whose answers are nearer to the right ones."""
_NEAR: Final = 4.0
"""How much cost one answer that becomes right outweighs, in bits."""
_GROUP: Final = 250
"""Candidates of one worker."""
_JUDGED: Final = 16
"""Most candidates of one group that are judged in full."""
_PARTS: Final = 4
"""Most of those that answer the first failing case alone."""
_UNSHOWN: Final = 3.0
"""How much less a change is worth that students are not shown, in bits."""
_PROOFS: Final = 5
"""Most candidates whose proof is tried."""
_TELLING: Final = frozenset({"raises", "does_not_mutate", "returns_new_array"})
"""Kinds of checks beside those that compare values whose passing alone shows that a slip is mended."""
_WHOLE: Final = ("function around", "step of the solution")
"""Kinds of changes that must mend all: a sum of a wrong array has the right shape, and no more."""
Probe = tuple[Bound, Case]
"""A failing check with the case that shows its failure."""


def is_searched(task: Task) -> bool:
    """Return whether an exercise is one function, whose changes can be tried; a script is not."""
    return task.script is None


def search(
    task: Task,
    source: Found,
    sandbox: Sandbox,
    *,
    donors: Donors | None = None,
    fresh: Task | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> Proven | None:
    """Return the smallest proven change of a failing function, or None.

    The search is bounded by numbers of candidates and of workers that hang, so that it finds the same on
    every machine.

    Args:
        donors: code of the solution that may be used; None where there is no reference.
        fresh: the same exercise with other hidden cases, for the proof.
        goes_on: asked between groups of candidates; when it is false, the search ends without a repair.
    """
    code = read(source) if is_searched(task) else None
    if code is None:
        return None
    files = {path: one.data for path, one in source.files.items()}
    return Search(task, source, files, sandbox, code, donors, fresh, goes_on).run()


@dataclass
class Search:
    """One search, with what it has found so far."""

    task: Task
    source: Found
    files: Mapping[str, bytes]
    sandbox: Sandbox
    code: Code
    donors: Donors | None
    fresh: Task | None
    goes_on: Callable[[], bool]
    judge: Judge = field(init=False)
    trial: Trial = field(init=False)
    before: Candidate = field(init=False)
    """The function as it was handed in, judged."""
    proofs: int = 0

    def __post_init__(self) -> None:
        self.judge = Judge(public(self.task))
        self.trial = Trial(self.sandbox, self.judge.task, self.code, self.files)

    def run(self) -> Proven | None:
        """Return the best proven repair, or None."""
        judged = self._judged([Candidate(self.code.texts)])
        probes = self.judge.probes(judged[0].verdicts) if judged and judged[0].verdicts else []
        if not probes:
            return None
        self.before = judged[0]
        kinds = {bound.check.kind.name for bound, _ in probes}
        made = Candidates(
            self.code, self.donors, "".join(kinds) if len(kinds) == 1 else "", {self.code.texts}
        )
        first = made.made(self.before, CANDIDATES)
        full, partial = self._tried(first, probes)
        if found := self._proven(full):
            return found
        lenient = self.judge.probes(judged[0].verdicts, strict=False) if judged[0].verdicts else []
        for seed in self._nearer(first, lenient):
            if not self.goes_on():
                return None
            left = self.judge.probes(seed.verdicts) if seed.verdicts else []
            full, _ = self._tried(made.made(seed, SECOND), left) if left else ([], [])
            if found := self._proven(full):
                return found
        return self._proven(partial)

    def _tried(
        self, candidates: Sequence[Candidate], probes: Sequence[Probe]
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Return the candidates of the first group in which some pass all checks; else those that gain."""
        better: list[Candidate] = []
        for group in _groups(candidates):
            if not self.goes_on():
                return [], []
            right = [one for one, count in self._right(group, probes[:1]) if count]
            counted = self._right(right, probes[1:])
            complete = [one for one, count in counted if count == len(probes) - 1]
            others = [one for one, count in sorted(counted, key=lambda pair: -pair[1]) if one not in complete]
            gaining = [c for c in self._judged([*complete[:_JUDGED], *others[:_PARTS]]) if self._gains(c)]
            full = [one for one in gaining if one.verdicts and one.verdicts.is_full]
            if full:
                return full, []
            better += gaining
        return [], better

    def _right(self, group: Sequence[Candidate], probes: Sequence[Probe]) -> list[tuple[Candidate, int]]:
        """Return each candidate with the number of cases that it answers rightly."""
        return [
            (one, sum(self._is_right(probe, answer) for probe, answer in zip(probes, answers, strict=True)))
            for one, answers in self._asked(group, [case for _, case in probes])
        ]

    def _is_right(self, probe: Probe, answer: Answer) -> bool:
        return answer.outcome != "not_run" and self.judge.is_right(*probe, answer, self.source)

    def _gains(self, one: Candidate) -> bool:
        """Return whether checks pass that did not, and none fails that passed.

        One that compares values must be among them: a range or a sum is also right for many wrong values. An
        answer that stays wrong must stay as it is or come nearer: a change that moves it elsewhere mends one
        symptom at the cost of others, as 1 + total does for a division by 0.
        """
        before, after = self.before.verdicts, one.verdicts
        if before is None or after is None or not before.earned < after.earned:
            return False
        if not after.is_full and any(step.kind in _WHOLE for step in one.steps):
            return False
        gained = [b.check.kind for b in self.judge.task.checks if b.id in after.earned - before.earned]
        if not any(kind.compares or kind.name in _TELLING for kind in gained):
            return False
        return after.is_full or self.judge.is_nowhere_worse(self.before.answers, one.answers)

    def _nearer(self, candidates: Sequence[Candidate], probes: Sequence[Probe]) -> list[Candidate]:
        """Return the candidates whose answers come nearer in failing cases, the best in all cases first."""
        more = self.judge.wrong(self.before.answers, besides=[case for _, case in probes])
        cases = [*(case for _, case in probes), *more]
        base = self._ranks(probes, cases, [self.before.answers[case.name] for case in cases])
        nearer: list[tuple[float, Candidate]] = []
        for group in _groups(candidates[:_NEARER]):
            for one, answers in self._asked(group, cases):
                its = self._ranks(probes, cases, answers)
                if sum(its) > sum(base) and all(i >= b for i, b in zip(its, base, strict=True)):
                    nearer.append((one.cost - _NEAR * sum(its), one))
        nearer.sort(key=lambda pair: pair[0])
        judged = self._judged([one for _, one in nearer[: 3 * SEEDS]])
        earned = self.before.verdicts.earned if self.before.verdicts else frozenset()
        kept = [one for one in judged if one.verdicts and earned <= one.verdicts.earned]
        return sorted(kept, key=lambda one: one.cost - _NEAR * self.judge.total(one.answers))[:SEEDS]

    def _ranks(
        self, probes: Sequence[Probe], cases: Sequence[Case], answers: Sequence[Answer]
    ) -> list[float]:
        """Return how near answers are; most where the check that failed finds nothing wrong."""
        right = [self._is_right(probe, answer) for probe, answer in zip(probes, answers, strict=False)]
        right += [False] * (len(cases) - len(right))
        return [
            3.5 if is_right else self.judge.rank(case, answer)
            for is_right, case, answer in zip(right, cases, answers, strict=True)
        ]

    def _asked(
        self, group: Sequence[Candidate], cases: Sequence[Case]
    ) -> Iterator[tuple[Candidate, list[Answer]]]:
        """Yield candidates with their answers to cases."""
        calls = [(number, case) for number in range(len(group)) for case in cases]
        answers = self.trial.ask([one.texts for one in group], calls) if calls else []
        for number, one in enumerate(group):
            yield one, answers[number * len(cases) : (number + 1) * len(cases)]

    def _judged(self, group: Sequence[Candidate]) -> list[Candidate]:
        """Return candidates with the verdicts on all public cases, without those that end a worker."""
        cases = self.judge.task.cases
        made = []
        for one, answers in self._asked(group, cases):
            if all(answer.outcome in ("returned", "raised") for answer in answers):
                named = {case.name: answer for case, answer in zip(cases, answers, strict=True)}
                verdicts = self.judge.verdicts(named, self._found(one))
                made.append(replace(one, verdicts=verdicts, answers=named))
        return made

    def _found(self, one: Candidate) -> Found:
        """Return the function of a candidate, for checks that read the source."""
        if not one.steps or not any(b.check.kind.in_source for b in self.task.checks):
            return self.source
        data = patched(self.code, one.texts)
        return replace(self.source, file=parse(self.code.path, data, wanted=[self.code.name]))

    def _proven(self, candidates: Sequence[Candidate]) -> Proven | None:
        """Return the first candidate that is proven: most points first, then the likeliest and smallest.

        One with code of the solution comes after another that is nearly as likely: students are not shown it.
        """
        for one in sorted(candidates, key=lambda c: (-_points(c), c.cost + _UNSHOWN * _uses_donor(c))):
            if self.proofs >= _PROOFS or one.verdicts is None or self.before.verdicts is None:
                return None
            if self.trial.closes_a_branch(one.texts):
                continue
            self.proofs += 1
            if self._is_proven(one, one.verdicts):
                earned = one.verdicts.earned - self.before.verdicts.earned
                gained = tuple(bound.id for bound in self.judge.task.checks if bound.id in earned)
                return Proven(self.code, one.texts, one.steps, gained, one.verdicts.is_full)
        return None

    def _is_proven(self, one: Candidate, claimed: Verdicts) -> bool:
        files = {**self.files, self.code.path: patched(self.code, one.texts)}
        tasks = [self.task, *([self.fresh] if self.fresh else [])]
        return all(is_proven(files, t, claimed.earned, self.sandbox, full=claimed.is_full) for t in tasks)


def _uses_donor(one: Candidate) -> bool:
    return any(step.is_donor for step in one.steps)


def _points(one: Candidate) -> float:
    return one.verdicts.points if one.verdicts else 0.0


def _groups(candidates: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    for at in range(0, len(candidates), _GROUP):
        yield candidates[at : at + _GROUP]
