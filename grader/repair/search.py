"""Search a failing function for the smallest change that the exercise's checks accept."""

from __future__ import annotations

import ast
from contextlib import ExitStack
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from grader.cases.case import Answer, Case
from grader.course.task import Bound, Task
from grader.repair import donors as donating
from grader.repair import places as placing
from grader.repair.change import Change
from grader.repair.code import Code, Unit, read
from grader.repair.donors import Donors
from grader.repair.judging import Judge, Verdicts, public
from grader.repair.kinds import cost
from grader.repair.patch import patched
from grader.repair.plausible import is_plausible
from grader.repair.proof import is_proven
from grader.repair.repair import Repair, Step, told
from grader.repair.trial import Trial
from grader.sandbox import Sandbox
from grader.submissions.source import Found, parse

CANDIDATES: Final = 1250
"""Most candidates with one change."""
SEEDS: Final = 5
"""Most candidates that are changed once more."""
_NEARER: Final = 400
"""Candidates among which they are sought."""
SECOND: Final = 250
"""Most second changes of each."""
TELLING: Final = frozenset({"raises", "does_not_mutate", "returns_new_array"})
"""Kinds of checks beside those that compare values whose passing alone shows that a slip is mended."""
REPEATED: Final = frozenset({
    "axis", "keepdims", "axis and keepdims", "ddof", "operator", "function", "another name", "constant", "dtype",
    "shift in exp", "comparison", "transpose", "index", "in place", "accumulation", "known slip", "expression", "sign", "step of the solution",
})  # fmt: skip
"""Kinds of changes that are tried in all places at once."""
FITTING: Final = {
    "raises": frozenset({"guard", "comparison", "condition"}),
    "does_not_mutate": frozenset({"in place", "copy first", "copy"}),
    "returns_new_array": frozenset({"copy", "copy first", "as an array"}),
}
"""Kinds of changes that are likelier where only such a check fails."""
_FITTING: Final = 6.0
_AGAIN: Final = 2.0
_REPEATS: Final = 6
"""Most places of one slip."""
_GROUP: Final = 250
"""Candidates of one worker."""
_PROOFS: Final = 5
"""Most candidates whose proof is tried."""
_JUDGED: Final = 16
"""Most candidates of one group that are judged in full."""
_PARTS: Final = 4
"""Most of those that answer the first failing case alone."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A changed function."""

    texts: tuple[str, ...]
    steps: tuple[Step, ...]
    cost: float
    verdicts: Verdicts | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass
class Search:
    """One search, with what it has found so far."""

    task: Task
    source: Found
    files: Mapping[str, bytes]
    sandbox: Sandbox
    donors: Donors | None
    fresh: Task | None
    code: Code
    judge: Judge = field(init=False)
    trial: Trial = field(init=False)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """The answers of the function as it was handed in."""
    fitting: frozenset[str] = frozenset()
    """The kinds of changes that mend what alone fails."""
    proofs: int = 0
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.judge = Judge(public(self.task))
        self.trial = Trial(self.sandbox, self.judge.task, self.code, self.files)

    def run(self) -> Repair | None:
        """Return the best proven repair, or None."""
        start = Candidate(self.code.texts, (), 0.0)
        self.seen.add(start.texts)
        judged = self._judged([start])
        if not judged or judged[0].verdicts is None:
            return None
        self.answers, before = judged[0].answers, judged[0].verdicts
        probes = self.judge.probes(before)
        if not probes:
            return None
        failed = {bound.check.kind.name for bound, _ in probes}
        self.fitting = FITTING.get(next(iter(failed)), frozenset()) if len(failed) == 1 else frozenset()
        candidates = self._candidates(start, CANDIDATES)
        full, better = self._tried(candidates, before, probes)
        found = self._proven(full, before)
        if found:
            return found
        partial = list(better)
        for seed in self._seeds(candidates, before, probes):
            probed = self.judge.probes(seed.verdicts) if seed.verdicts else []
            if not probed:
                continue
            full, more = self._tried(self._candidates(seed, SECOND), before, probed)
            partial += more
            if found := self._proven(full, before):
                return found
        return self._proven(partial, before)

    def _candidates(self, start: Candidate, most: int) -> list[Candidate]:
        """Return the candidates with one change more, the likeliest first."""
        code = self.code if not start.steps else _parsed(self.code, start.texts)
        found = list(placing.changes(code))
        if self.donors:
            for number, unit in enumerate(code.units):
                if isinstance(unit, ast.FunctionDef) and unit.name == code.name:
                    scope = placing.scope_of(unit, code)
                    its = donating.changes(unit, list(placing.places(unit)), self.donors, scope)
                    found += [(number, change) for change in its]
        made: dict[tuple[str, ...], Candidate] = {}
        kept = [pair for pair in found if is_plausible(pair[1], code.units[pair[0]])]
        every = [*((number, [change]) for number, change in kept), *_everywhere(kept)]
        priced = [(self._cost_of(changed), number, changed) for number, changed in every]
        for price, number, changed in sorted(priced, key=lambda item: item[0]):
            if len(made) >= most:
                break
            change = changed[0]
            one = self._changed(start, code, number, changed, price)
            if one.texts not in self.seen:
                other = made.setdefault(one.texts, one)
                if other.steps[-1].is_donor and not change.is_donor:
                    made[one.texts] = replace(other, steps=one.steps)  # a student may find it without a donor
        self.seen |= made.keys()
        return list(made.values())

    def _changed(
        self, start: Candidate, code: Code, number: int, changed: Sequence[Change], price: float
    ) -> Candidate:
        with ExitStack() as stack:
            for one in changed:
                stack.enter_context(one.made())
            text = code.writers[number].text(one.holder for one in changed)
        texts = (*start.texts[:number], text, *start.texts[number + 1 :])
        first = changed[0]
        step = Step(first.kind, first.thing, number, first.is_donor, len(changed))
        return Candidate(texts, (*start.steps, step), start.cost + price)

    def _cost_of(self, changed: Sequence[Change]) -> float:
        """Return the cost of a change: more where it is made in several places, less where only it can help."""
        price = cost(changed[0]) + _AGAIN * (len(changed) > 1)
        return price - _FITTING * (changed[0].kind in self.fitting)

    def _tried(
        self, candidates: Sequence[Candidate], before: Verdicts, probes: Sequence[tuple[Bound, Case]]
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Return the candidates that pass all checks, and those that pass more than before."""
        better: list[Candidate] = []
        for group in _groups(candidates, _GROUP):
            right = self._right(group, probes[:1])
            complete = self._right(right, probes[1:])
            others = [one for one in right if one not in complete]
            judged = self._judged([*complete[:_JUDGED], *others[:_PARTS]])
            kept = [one for one in judged if self._gains(before, one)]
            full = [one for one in kept if one.verdicts and one.verdicts.is_full]
            if full:
                return full, []
            better += kept
        return [], better

    def _right(self, group: Sequence[Candidate], probes: Sequence[tuple[Bound, Case]]) -> list[Candidate]:
        """Return the candidates that answer cases rightly."""
        if not probes:
            return list(group)
        answers = self._ask(group, [case for _, case in probes])
        its = [answers[n : n + len(probes)] for n in range(0, len(answers), len(probes))]
        return [
            one
            for one, mine in zip(group, its, strict=True)
            if all(
                answer.outcome != "not_run" and self.judge.is_right(bound, case, answer, self.source)
                for (bound, case), answer in zip(probes, mine, strict=True)
            )
        ]

    def _gains(self, before: Verdicts, one: Candidate) -> bool:
        """Return whether checks pass that did not, and none fails that passed.

        One that compares values must be among them: a range or a sum is also right for many wrong values. An
        answer that stays wrong must stay as it is or come nearer: a change that moves it elsewhere mends one
        symptom at the cost of others, as 1 + total does for a division by 0.
        """
        after = one.verdicts
        if after is None or not before.earned < after.earned:
            return False
        if not after.is_full and not self.judge.is_nowhere_worse(self.answers, one.answers):
            return False
        gained = (b.check.kind for b in self.judge.task.checks if b.id in after.earned - before.earned)
        return any(kind.compares or kind.name in TELLING for kind in gained)

    def _seeds(
        self, candidates: Sequence[Candidate], before: Verdicts, probes: Sequence[tuple[Bound, Case]]
    ) -> list[Candidate]:
        """Return the candidates whose answers to the failing cases are nearer, none farther, the best first."""
        cases = [case for _, case in probes]
        start = Candidate(self.code.texts, (), 0.0)
        group = [start, *candidates[:_NEARER]]
        ranks = []
        for part in _groups(group, _GROUP):
            answers = self._ask(part, cases)
            ranks += [
                [self._rank(probes[i], a) for i, a in enumerate(answers[n : n + len(cases)])]
                for n in range(0, len(answers), len(cases))
            ]
        base = ranks[0]
        nearer = [
            (sum(its), one)
            for one, its in zip(group[1:], ranks[1:], strict=True)
            if sum(its) > sum(base) and all(i >= b for i, b in zip(its, base, strict=True))
        ]
        nearer.sort(key=lambda pair: -pair[0] * 4 + pair[1].cost)
        judged = self._judged([one for _, one in nearer[: 2 * SEEDS]])
        kept = [one for one in judged if one.verdicts and before.earned <= one.verdicts.earned]
        return kept[:SEEDS]

    def _rank(self, probe: tuple[Bound, Case], answer: Answer) -> float:
        bound, case = probe
        if self.judge.is_right(bound, case, answer, self.source):
            return 3.5
        return self.judge.rank(case, answer)

    def _ask(self, group: Sequence[Candidate], cases: Sequence[Case]) -> list[Answer]:
        return self.trial.ask(
            [one.texts for one in group], [(n, c) for n in range(len(group)) for c in cases]
        )

    def _judged(self, group: Sequence[Candidate]) -> list[Candidate]:
        """Return candidates with the verdicts of all checks on the public cases; hanging ones have none."""
        cases = self.judge.task.cases
        if not group:
            return []
        answers = self._ask(group, cases)
        made = []
        for n, one in enumerate(group):
            its = answers[n * len(cases) : (n + 1) * len(cases)]
            if all(a.outcome in ("returned", "raised") for a in its):
                by_name = {case.name: a for case, a in zip(cases, its, strict=True)}
                verdicts = self.judge.verdicts(by_name, self._found(one))
                made.append(replace(one, verdicts=verdicts, answers=by_name))
        return made

    def _found(self, one: Candidate) -> Found:
        if not one.steps or not any(b.check.kind.in_source for b in self.task.checks):
            return self.source
        data = patched(self.code, one.texts)
        return replace(self.source, file=parse(self.code.path, data, wanted=[self.code.name]))

    def _proven(self, candidates: Sequence[Candidate], before: Verdicts) -> Repair | None:
        """Return the first candidate that is proven, the one nearest to the student's code first."""
        for one in sorted(candidates, key=lambda c: (-_points(c), c.cost)):
            if self.proofs >= _PROOFS:
                return None
            self.proofs += 1
            assert one.verdicts is not None
            if self.trial.closes_a_branch(one.texts):
                continue
            files = {**self.files, self.code.path: patched(self.code, one.texts)}
            claimed = one.verdicts.earned
            tasks = [self.task, *([self.fresh] if self.fresh else [])]
            if all(is_proven(files, t, claimed, self.sandbox, full=one.verdicts.is_full) for t in tasks):
                gained = tuple(b.id for b in self.judge.task.checks if b.id in claimed - before.earned)
                return told(self.code, one.texts, one.steps, gained, is_full=one.verdicts.is_full)
        return None


def search(
    task: Task,
    source: Found,
    sandbox: Sandbox,
    *,
    donors: Donors | None = None,
    fresh: Task | None = None,
) -> Repair | None:
    """Return the smallest proven change of a failing function, or None.

    Args:
        donors: code of the solution that may be used; None where there is no reference.
        fresh: the same exercise with other hidden cases, for the proof.
    """
    code = read(source)
    if code is None:
        return None
    files = {path: one.data for path, one in source.files.items()}
    return Search(task, source, files, sandbox, donors, fresh, code).run()


def _everywhere(found: Sequence[tuple[int, Change]]) -> Iterator[tuple[int, list[Change]]]:
    """Yield changes that are made in every place of a function where they can be: one slip, made again."""
    groups: dict[tuple[int, str], list[Change]] = {}
    for number, change in found:
        if change.kind in REPEATED:
            groups.setdefault((number, change.pattern), []).append(change)
    for (number, _), group in groups.items():
        if 1 < len(group) <= _REPEATS:
            yield number, group


def _parsed(code: Code, texts: Sequence[str]) -> Code:
    units: list[Unit] = [ast.parse(text).body[0] for text in texts]  # type: ignore[misc]  # they were units
    return replace(code, units=tuple(units))


def _points(one: Candidate) -> float:
    return one.verdicts.points if one.verdicts else 0.0


def _groups(candidates: Sequence[Candidate], size: int) -> Iterator[Sequence[Candidate]]:
    for at in range(0, len(candidates), size):
        yield candidates[at : at + size]
