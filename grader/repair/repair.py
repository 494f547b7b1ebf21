"""A proven repair, as pages and commands tell it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from grader.repair.code import Code, Unit
from grader.repair.kinds import where


@dataclass(frozen=True)
class Step:
    """One change of a repair."""

    kind: str
    thing: str
    unit: int
    """The position of the changed unit."""
    is_donor: bool = False
    places: int = 1
    """In how many places it is made."""


@dataclass(frozen=True)
class Line:
    """A line that goes and the one that comes in its place; either may be missing."""

    number: int
    """The line in the student's file, from 1; for an added line, the one that it comes before."""
    old: str
    new: str


@dataclass(frozen=True)
class Repair:
    """The smallest change that is proven to make checks pass."""

    function: str
    file: str
    kinds: tuple[str, ...]
    where: tuple[str, ...]
    """One sentence for each change: where to look."""
    lines: tuple[Line, ...]
    uses_donor: bool
    """Whether the new code comes from the solution or a known mistake."""
    gained: tuple[str, ...]
    """Ids of the checks that pass with the repair alone."""
    is_full: bool
    """Whether all points are earned with it."""

    @property
    def line(self) -> int:
        """The first line that changes."""
        return self.lines[0].number


def told(
    code: Code, texts: Sequence[str], steps: Sequence[Step], gained: tuple[str, ...], *, is_full: bool
) -> Repair:
    """Return a repair in words and lines."""
    lines = [
        line
        for unit, old, new in zip(code.units, code.texts, texts, strict=True)
        for line in _lines(unit, old, new)
    ]
    first = code.units[steps[0].unit]
    return Repair(
        function=first.name if isinstance(first, (ast.FunctionDef, ast.ClassDef)) else code.name,
        file=code.path,
        kinds=tuple(step.kind for step in steps),
        where=tuple(where(step.kind, step.thing) for step in steps),
        lines=tuple(lines),
        uses_donor=any(step.is_donor for step in steps),
        gained=gained,
        is_full=is_full,
    )


def _lines(unit: Unit, old: str, new: str) -> list[Line]:
    """Return the differing lines of two texts in one style, with the numbers of the student's file."""
    before, after = old.split("\n"), new.split("\n")
    numbers = _numbers(unit, old)
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for k in range(max(b - a, d - c)):
            at = min(a + k, len(before) - 1)
            went = before[a + k] if a + k < b else ""
            came = after[c + k] if c + k < d else ""
            found.append(Line(numbers[at], went, came))
    return found


def _numbers(unit: Unit, text: str) -> list[int]:
    """Return for each line of a unit's text the line in the student's file where it begins."""
    numbers = [0] * (text.count("\n") + 1)
    for one, other in zip(ast.walk(ast.parse(text).body[0]), ast.walk(unit), strict=False):
        at = getattr(one, "lineno", 0)
        mine = getattr(other, "lineno", 0)
        if at and mine and not numbers[at - 1]:
            numbers[at - 1] = mine
    last = unit.lineno
    for at, number in enumerate(numbers):
        numbers[at] = last = number or last
    return numbers
