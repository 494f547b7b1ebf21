"""The data that a check reads: cases, answers, expected values and the source, but no function to call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.cases.case import Answer, Case
from grader.cases.tolerances import EQUAL, Tolerances
from grader.checks.compare import Mismatch, unlike
from grader.checks.wording import public_sentence, sentence
from grader.numerics.differences import Measured
from grader.submissions.source import Found

Array = NDArray[Any]
_PUBLIC = {
    "fault": "Your function gave no result.",
    "not_run": "Your function was not called.",
    "type": "Your function returned another type than expected.",
    "shape": "Your function returned another shape than expected.",
    "value": "This does not hold for what your function returned.",
}
Facts = Mapping[str, tuple[Measured, ...]]
"""Slopes measured on the trusted side, by the name of the case."""


@dataclass(frozen=True)
class Expected:
    """The right answer to one case and its tolerances."""

    value: object = None
    allowed: Tolerances = EQUAL


@dataclass(frozen=True)
class Finding:
    """One case in which a check does not hold."""

    case: Case | None
    message: str
    kind: Literal["fault", "not_run", "type", "shape", "value"] = "value"
    """`fault`: the call gave no result. `not_run`: it was not made, because one before it did not end."""
    got: object = None
    expected: object = None
    wrong: NDArray[np.bool_] | None = None
    """The elements of `got` that differ from `expected`; None if showing them would not help."""
    tolerance: str = ""
    where: str = ""
    """The place among several return values, such as ` in item 1`."""
    public: str = ""
    """The sentence for students if the case is hidden; it must not depend on the inputs."""
    is_certain: bool = False
    """Of source code: whether a forbidden function is surely used, not only perhaps."""

    @property
    def public_sentence(self) -> str:
        """The sentence for students if the case is hidden."""
        return self.public or _PUBLIC[self.kind]


@dataclass(frozen=True)
class Observation:
    """One case with its answer and expected value, shared by all checks of the exercise."""

    case: Case
    answer: Answer
    expected: Expected
    names: tuple[str, ...] = ()
    """The parameters' names."""

    @cached_property
    def unlike(self) -> Mismatch | None:
        """The mismatch of the answer's type or shape, or None if they fit."""
        return unlike(self.answer.value, self.expected.value)

    @cached_property
    def got(self) -> Array:
        """The returned value as numbers that can be subtracted; use it only if `unlike` is None.

        Booleans and unsigned integers become floats: np.True_ - np.True_ is an error, and np.uint8(1) -
        np.uint8(2) is 255.
        """
        values = np.asarray(self.answer.value)
        return values.astype(float) if values.dtype.kind in "bu" else values


Judges = Literal["values", "shapes", "conduct", "returned", "calls", "code"]
"""The answers that a kind of check judges.

`values` and `shapes`: answers of the expected type and shape. `conduct`: the same, and others report faults.
`returned`: whatever was returned. `calls`:
every call, however it ended. `code`: how the function is written, once a call gives a value of the expected
form.
"""


@dataclass(frozen=True)
class Elsewhere:
    """Titles of the other checks that report what is wrong with a case as a whole, by case.

    One fault is told once and costs once: the other checks leave the case out.
    """

    forms: Mapping[str, str] = field(default_factory=dict)
    """Who reports a wrong type or shape."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """Who reports a call without a result."""


@dataclass(frozen=True)
class Partition:
    """The cases of one check: those to judge, and those that it cannot judge."""

    judged: tuple[Observation, ...] = ()
    faults: tuple[Finding, ...] = ()
    """Findings on cases that cannot be judged: no result, or one of another type."""
    left_to: str = ""
    """Title of a check that reports what is wrong with cases that were left out here; empty if none were."""


@dataclass(frozen=True)
class CheckContext:
    """The data of one check: its cases with their answers, measured slopes, and the source."""

    observations: Sequence[Observation]
    judges: Judges = "values"
    facts: Facts = field(default_factory=dict)
    source: Found | None = None
    """The student's function as it is written."""
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    """The checks that report the faults of a case instead of this one."""

    @property
    def judged(self) -> tuple[Observation, ...]:
        """The cases to judge."""
        return self.partition.judged

    @cached_property
    def partition(self) -> Partition:
        """The cases to judge, and findings on the others."""
        if self.judges == "calls":
            return Partition(tuple(self.observations))
        judged, faults, left_to = [], [], ""
        for observed in self.observations:
            found, told = self._fault(observed)
            if found is None:
                judged.append(observed)
            elif told:
                left_to = told
            else:
                faults.append(found)
        if self.judges == "code" and judged:
            faults = []  # how it is written counts once it gives a value
        return Partition(tuple(judged), tuple(faults), left_to)

    def _fault(self, observed: Observation) -> tuple[Finding | None, str]:
        """Return why a case cannot be judged, and the title of another check that reports it."""
        name = observed.case.name
        if observed.answer.outcome != "returned":
            return fault(observed), self.elsewhere.faults.get(name, "")
        if self.judges == "returned" or observed.unlike is None:
            return None, ""
        return finding(observed.case, observed.unlike), self.elsewhere.forms.get(name, "")


def fault(observed: Observation) -> Finding:
    """Return the finding that a call gave no result."""
    answer = observed.answer
    kind: Any = "not_run" if answer.outcome == "not_run" else "fault"
    return Finding(observed.case, sentence(answer), kind, public=public_sentence(answer))


def finding(case: Case, found: Mismatch, message: str = "") -> Finding:
    """Return a mismatch in `case` as a finding, with `message` instead of its own if given."""
    kind: Any = found.kind
    text, tolerance = message or found.message, _tolerance(found)
    public = "Some values differ from the expected ones." if kind == "value" else ""
    return Finding(case, text, kind, found.got, found.expected, found.wrong, tolerance, found.where, public)


def _tolerance(found: Mismatch) -> str:
    if found.allowed is None or not found.allowed.size:
        return ""
    return f"{float(np.max(found.allowed)):.1g}"
