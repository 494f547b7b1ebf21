"""Candidates: a function with one change more, the likeliest first, each text once."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Final

from grader.cases.case import Answer
from grader.repair import transplants
from grader.repair.change import Change
from grader.repair.code import Code, Unit
from grader.repair.donors import Donors
from grader.repair.judging import Verdicts
from grader.repair.kinds import cost
from grader.repair.places import changes, places, scope_of
from grader.repair.plausible import brings_too_much, is_plausible
from grader.repair.repair import Step
from grader.repair.writer import Writer

_REPEATED: Final = frozenset({
    "axis", "keepdims", "axis and keepdims", "ddof", "operator", "function", "another name", "constant",
    "dtype", "shift in exp", "comparison", "transpose", "index", "in place", "accumulation", "sign",
    "known slip", "expression",
})  # fmt: skip
"""Kinds of changes that are tried in all places at once."""
_PLACES: Final = 6
"""Most places of one slip."""
_AGAIN: Final = 2.0
"""What a change costs more that is made in several places, in bits."""
_FITTING: Final = 6.0
"""What a change costs less where it is one of those that mend the only kind of check that fails."""
FITTING: Final[Mapping[str, frozenset[str]]] = {
    "raises": frozenset({"guard", "comparison", "condition"}),
    "does_not_mutate": frozenset({"in place", "copy first", "copy"}),
    "returns_new_array": frozenset({"copy", "copy first", "as an array"}),
}


@dataclass(frozen=True, eq=False)
class Candidate:
    """A changed function."""

    texts: tuple[str, ...]
    """The source of each unit."""
    steps: tuple[Step, ...] = ()
    cost: float = 0.0
    brought: int = 0
    """The number of nodes that come from the solution."""
    verdicts: Verdicts | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass
class Candidates:
    """Makes the candidates of one search; none is made twice."""

    code: Code
    donors: Donors | None = None
    failing: str = ""
    """The kind of the failing checks if they are all of one kind."""
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def made(self, start: Candidate, most: int) -> list[Candidate]:
        """Return candidates with one change more than `start`, at most so many, the likeliest first."""
        code = _parsed(self.code, start.texts) if start.steps else self.code
        writers = code.writers  # made before the tree changes, as they remember what stands in what
        kept = [pair for pair in self._changes(code) if is_plausible(pair[1], code.sizes[pair[0]])]
        every = [*((number, [change]) for number, change in kept), *_everywhere(kept)]
        priced = [(self._cost(changed), number, changed) for number, changed in every]
        found: dict[tuple[str, ...], Candidate] = {}
        for price, number, changed in sorted(priced, key=lambda item: item[0]):
            if len(found) >= most:
                break
            one = _changed(start, writers[number], number, changed, price)
            if one is None or one.texts in self.seen or brings_too_much(one.brought, one.steps, code):
                continue
            other = found.setdefault(one.texts, one)
            if other.steps[-1].is_donor and not changed[0].is_donor:
                found[one.texts] = replace(other, steps=one.steps)  # it is found without the solution, too
        self.seen |= found.keys()
        return list(found.values())

    def _changes(self, code: Code) -> Iterator[tuple[int, Change]]:
        yield from changes(code)
        for number, unit in enumerate(code.units if self.donors else ()):
            if self.donors and isinstance(unit, ast.FunctionDef) and unit.name == code.name:
                its = transplants.changes(unit, list(places(unit)), self.donors, scope_of(unit, code))
                yield from ((number, change) for change in its)

    def _cost(self, changed: Sequence[Change]) -> float:
        price = cost(changed[0]) + _AGAIN * (len(changed) > 1)
        return price - _FITTING * (changed[0].kind in FITTING.get(self.failing, ()))


def _changed(
    start: Candidate, writer: Writer, number: int, changed: Sequence[Change], price: float
) -> Candidate | None:
    with ExitStack() as stack:
        for one in changed:
            stack.enter_context(one.made())
        try:
            text = writer.text(one.holder for one in changed)
        except ValueError:  # a part of an f-string cannot be just any expression
            return None
    texts = (*start.texts[:number], text, *start.texts[number + 1 :])
    first = changed[0]
    step = Step(first.kind, first.thing, number, text, first.is_donor, len(changed))
    brought = start.brought + (first.added if first.is_donor else 0)
    return Candidate(texts, (*start.steps, step), start.cost + price, brought)


def _everywhere(found: Sequence[tuple[int, Change]]) -> Iterator[tuple[int, list[Change]]]:
    """Yield changes that are made in every place of a function where they can be: one slip, made again."""
    groups: dict[tuple[int, str], list[Change]] = {}
    for number, change in found:
        if change.kind in _REPEATED:
            groups.setdefault((number, change.pattern), []).append(change)
    for (number, _), group in groups.items():
        if 1 < len(group) <= _PLACES:
            yield number, group


def _parsed(code: Code, texts: Sequence[str]) -> Code:
    units: list[Unit] = [ast.parse(text).body[0] for text in texts]  # type: ignore[misc]  # they were units
    return replace(code, units=tuple(units))
