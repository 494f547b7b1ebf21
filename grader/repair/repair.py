"""A proven repair: what changes, and on which lines of the student's file."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from grader.repair.code import Code, Unit
from grader.repair.kinds import where
from grader.repair.patch import patched
from grader.results import ChangedLine, Place


@dataclass(frozen=True)
class Step:
    """One change of a repair."""

    kind: str
    thing: str
    unit: int
    """The position of the changed unit."""
    text: str
    """The source of the unit with this change."""
    is_donor: bool = False
    places: int = 1
    """In how many places it is made."""


@dataclass(frozen=True)
class Proven:
    """The smallest change that is proven to make checks pass."""

    code: Code
    """The code as it was handed in."""
    texts: tuple[str, ...]
    """The source of each unit with the change."""
    steps: tuple[Step, ...]
    gained: tuple[str, ...] = ()
    """Ids of the checks that pass with the repair alone."""
    is_full: bool = False
    """Whether all points are earned with it."""

    @property
    def function(self) -> str:
        """The name of the function that changes first."""
        first = self.code.units[self.placed[0][1].unit]
        return first.name if isinstance(first, (ast.FunctionDef, ast.ClassDef)) else self.code.name

    @property
    def patched(self) -> bytes:
        """The student's file with the change."""
        return patched(self.code, self.texts)

    @cached_property
    def placed(self) -> tuple[tuple[int, Step], ...]:
        """Each change with its first line in the student's file, from the top on."""
        now = list(self.code.texts)
        found: list[tuple[int, Step]] = []
        for step in self.steps:
            handed_in = self.code.texts[step.unit]
            at = _first_of(handed_in, now[step.unit], step.text)
            found.append((_numbers(self.code.units[step.unit], handed_in)[at], step))
            now[step.unit] = step.text
        return tuple(sorted(found, key=lambda pair: pair[0]))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind of each change."""
        return tuple(step.kind for _, step in self.placed)

    @property
    def where(self) -> tuple[Place, ...]:
        """For each change where to look."""
        return tuple(Place(line, where(step.kind, step.thing)) for line, step in self.placed)

    @property
    def uses_donor(self) -> bool:
        """Whether the new code comes from the solution or a known mistake."""
        return any(step.is_donor for step in self.steps)

    @cached_property
    def lines(self) -> tuple[ChangedLine, ...]:
        """The lines that change, in one style, with the numbers of the student's file."""
        units = zip(self.code.units, self.code.texts, self.texts, strict=True)
        return tuple(line for unit, old, new in units for line in _lines(unit, old, new))


def _first_of(handed_in: str, before: str, after: str) -> int:
    """Return the position of the first line that a change alters, in the text that was handed in.

    Args:
        before: the text with the changes that came earlier.
    """
    at = next(a for tag, a, *_ in _opcodes(before, after) if tag != "equal")
    for _, a, b, c, d in _opcodes(handed_in, before):
        if c <= at < d:
            at = min(a + at - c, max(a, b - 1))
            break
    return min(at, handed_in.count("\n"))


def _opcodes(before: str, after: str) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False).get_opcodes()


def _lines(unit: Unit, old: str, new: str) -> list[ChangedLine]:
    """Return the differing lines of two texts in one style, with the numbers of the student's file."""
    before, after = old.split("\n"), new.split("\n")
    numbers = _numbers(unit, old)
    found: list[ChangedLine] = []
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            continue
        for k in range(max(b - a, d - c)):
            at = min(a + k, len(before) - 1)
            went = before[a + k] if a + k < b else ""
            came = after[c + k] if c + k < d else ""
            found.append(ChangedLine(numbers[at], went, came))
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
