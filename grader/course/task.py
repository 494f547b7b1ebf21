"""A task: one exercise with all that grading needs, whether authored or from a bundle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grader.cases.answer_size import size_limits
from grader.cases.case import Case
from grader.cases.inputs import Argument
from grader.cases.signature import Parameters
from grader.checks import Check
from grader.checks.context import Elsewhere, Expected, Facts
from grader.submissions.locate import NotFound, locate
from grader.submissions.source import Found, Parsed
from grader.worker.script import Script
from grader.worker.wire import measured

_TELLERS = {"values": 0, "shapes": 0, "conduct": 1, "calls": 2}
"""What a check must judge to report calls without a result; the lowest rank does."""
_TELL_SHAPES = ("matches_reference", "preserves_shape", "matches_shape")
"""Kinds of checks that report wrong types and shapes, the best last."""


@dataclass(frozen=True)
class Bound:
    """A check of an exercise with its id, its cases, and facts that the trusted side measures."""

    id: str
    check: Check
    cases: tuple[str, ...]
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Curve:
    """Evenly spaced inputs of a function of one variable, for a plot; no check reads them."""

    case: Case
    expected: Expected


@dataclass(frozen=True)
class Known:
    """A known mistake: its sentence, and its answers by case if they are recorded."""

    name: str
    message: str
    caught_by: str = ""
    in_source: bool = False
    """Whether only the source shows the mistake, because its answers are right."""
    answers: Mapping[str, Any] | None = None
    instead: str = ""
    """The function in whose place it stands; empty for the one that is called like the slug."""


@dataclass(frozen=True)
class Task:
    """One exercise, ready to grade."""

    slug: str
    title: str
    lesson: str
    parameters: Parameters
    cases: tuple[Case, ...]
    expected: Mapping[str, Expected]
    checks: tuple[Bound, ...]
    mistakes: tuple[Known, ...] = ()
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    formula: str = ""
    text: str = ""
    """The task's text in the stub."""
    givens: bytes = b""
    limits: Mapping[str, float] = field(default_factory=dict)
    """The exercise's own values of the sandbox's limits."""
    source: str = ""
    """The authored file; empty in a bundle."""
    curve: Curve | None = None
    record: int | None = None
    """Position of a returned list with one number per step."""
    step_count: str = ""
    """The parameter with the number of steps."""
    script: Script | None = None
    """The steps that are run for each case; None if one function is called once."""
    subjects: tuple[str, ...] = ()
    """The functions and classes that the student writes; by default the one that is called like the slug."""
    walk: Callable[[int, Any], Case] | None = None
    """Returns the call of a step, given its number and the previous step's result; None in a bundle."""
    arguments: tuple[Argument, ...] = ()
    """How the arguments are drawn; empty in a bundle, or if the arguments depend on each other."""
    solve: Callable[[Case], Expected] | None = None
    """Returns the solution's answer to any case, or raises `AuthorError`; None in a bundle."""

    @property
    def wanted(self) -> tuple[str, ...]:
        """The names under which the student's code is searched."""
        return (*(self.subjects or (self.slug,)), *self.aliases)

    def located(self, files: Mapping[str, Parsed]) -> Found | NotFound:
        """Return where a submission defines what is graded, or why it does not."""
        parameters = None if self.script else self.parameters
        return locate(files, self.slug, self.aliases, parameters, self.subjects)

    @property
    def max_points(self) -> float:
        """Sum of the checks' points."""
        return sum(bound.check.points for bound in self.checks)

    @cached_property
    def size_limits(self) -> dict[str, int]:
        """Largest size of the answer to each case in bytes, by name.

        An answer holds the value, the value again if it shares memory with an argument, and changed
        arguments.
        """
        sizes = [
            2 * measured(self.expected.get(case.name, Expected()).value)
            + measured((case.args, dict(case.kwargs)))
            for case in self.cases
        ]
        return dict(zip((case.name for case in self.cases), size_limits(sizes), strict=True))

    @cached_property
    def secret(self) -> frozenset[str]:
        """Cases hidden from students: drawn from the course's seed, or read by hidden checks only."""
        drawn = {case.name for case in self.cases if case.hidden}
        hidden = {name for b in self.checks if b.check.is_hidden for name in b.cases}
        shown = {name for b in self.checks if not b.check.is_hidden for name in b.cases}
        return frozenset(drawn | (hidden - shown))

    def elsewhere(self, bound: Bound) -> Elsewhere:
        """Return which other checks report what is wrong with a case of `bound` as a whole."""
        forms, faults = self._tellers
        return Elsewhere(
            {name: forms[name].check.title for name in bound.cases if forms.get(name, bound) is not bound},
            {name: faults[name].check.title for name in bound.cases if faults.get(name, bound) is not bound},
        )

    @cached_property
    def _tellers(self) -> tuple[dict[str, Bound], dict[str, Bound]]:
        """By case, the checks that report a wrong type or shape, and those that report that no result came.

        A check that students see comes before a hidden one, one with points before advice, and one that
        compares values before others; a wrong shape is reported by a check of shapes where there is one.
        """
        able = [b for b in self.checks if b.check.kind.judges in _TELLERS]
        faults: dict[str, Bound] = {}
        for bound in sorted(able, key=_rank):
            faults |= {name: bound for name in bound.cases if name not in faults}
        forms = dict(faults)
        for kind in _TELL_SHAPES:
            for bound in able:
                if bound.check.kind.name == kind and not bound.check.is_hidden:
                    forms |= dict.fromkeys(bound.cases, bound)
        return forms, faults


def _rank(bound: Bound) -> tuple[bool, bool, int, bool]:
    check = bound.check
    return check.is_hidden, not check.points, _TELLERS[check.kind.judges], not check.kind.compares
