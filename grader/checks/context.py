"""What a check sees of one exercise: cases, answers, expected values, source; never the student."""

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
    "type": "Your function returned another type than expected.",
    "shape": "Your function returned another shape than expected.",
    "value": "This does not hold for what your function returned.",
}
Facts = Mapping[str, tuple[Measured, ...]]
"""Slopes that were measured on the trusted side, by the name of the case."""


@dataclass(frozen=True)
class Expected:
    """The right answer to one case, and how far from it an answer may stand."""

    value: object = None
    allowed: Tolerances = EQUAL


@dataclass(frozen=True)
class Finding:
    """One case in which a check does not hold."""

    case: Case | None
    message: str
    kind: Literal["fault", "type", "shape", "value"] = "value"
    got: object = None
    expected: object = None
    wrong: NDArray[np.bool_] | None = None
    """Which elements of `got` differ from `expected`; None where a picture of them would not help."""
    tolerance: str = ""
    where: str = ""
    """Which of several return values, such as ` in item 1`."""
    public: str = ""
    """What a student may read of it where the case is hidden: a sentence that no input can get into."""

    @property
    def public_sentence(self) -> str:
        """The sentence for students where the case is hidden."""
        return self.public or _PUBLIC[self.kind]


@dataclass(frozen=True)
class Observation:
    """One case with its answer, the same for every check of the exercise."""

    case: Case
    answer: Answer
    expected: Expected
    names: tuple[str, ...] = ()
    """The parameters' names."""

    @cached_property
    def unlike(self) -> Mismatch | None:
        """How type or shape of the answer differs from the expected one's, None if they fit."""
        return unlike(self.answer.value, self.expected.value)

    @cached_property
    def got(self) -> Array:
        """The returned value as numbers that can be subtracted; only for answers alike the expected one.

        Booleans and unsigned integers become floats: True - True is an error, and 1 - 2 is huge.
        """
        values = np.asarray(self.answer.value)
        return values.astype(float) if values.dtype.kind in "bu" else values


Judges = Literal["values", "shapes", "returned", "calls", "code"]
"""What a kind of check judges.

`values`: answers of the expected type and shape. `shapes`: the same, and a wrong shape is its own to tell.
`returned`: whatever was returned. `calls`: every call, however it ended. `code`: how the function is written,
once a call gives a value of the expected form.
"""


@dataclass(frozen=True)
class Partition:
    """The cases of one check, by what can be said of them."""

    judged: tuple[Observation, ...] = ()
    faults: tuple[Finding, ...] = ()
    """What is wrong with cases that cannot be judged: no result, or one of another type."""
    left_to: str = ""
    """Title of the check by which the wrong shapes are told that were left out here; empty if none were."""


@dataclass(frozen=True)
class CheckContext:
    """What one check reads: its cases with their answers, slopes that were measured, and the source."""

    observations: Sequence[Observation]
    judges: Judges = "values"
    facts: Facts = field(default_factory=dict)
    source: Found | None = None
    """The student's function as it is written."""
    shapes: Mapping[str, str] = field(default_factory=dict)
    """Titles of the checks by which a wrong shape is told, by case."""

    @property
    def judged(self) -> tuple[Observation, ...]:
        """The cases to judge."""
        return self.partition.judged

    @cached_property
    def partition(self) -> Partition:
        """Which cases are judged, and what becomes of the others."""
        if self.judges == "calls":
            return Partition(tuple(self.observations))
        if self.judges == "returned":
            return Partition(
                tuple(observed for observed in self.observations if observed.answer.outcome == "returned")
            )
        by_value = self._by_value()
        if self.judges == "code" and by_value.judged:
            return Partition(by_value.judged)  # how it is written counts once it gives a value
        return by_value

    def _by_value(self) -> Partition:
        judged, faults, left_to = [], [], ""
        for observed in self.observations:
            if observed.answer.outcome != "returned":
                faults.append(fault(observed))
            elif (found := observed.unlike) is None:
                judged.append(observed)
            elif self.judges != "shapes" and found.kind == "shape" and observed.case.name in self.shapes:
                left_to = self.shapes[observed.case.name]
            else:
                faults.append(finding(observed.case, found))
        return Partition(tuple(judged), tuple(faults), left_to)


def fault(observed: Observation) -> Finding:
    """Return that a call gave no result."""
    return Finding(observed.case, sentence(observed.answer), "fault", public=public_sentence(observed.answer))


def finding(case: Case, found: Mismatch, message: str = "") -> Finding:
    """Return what was found in `case`, in the words of `message` if given."""
    kind: Any = found.kind
    text, tolerance = message or found.message, _tolerance(found)
    public = "Some values differ from the expected ones." if kind == "value" else ""
    return Finding(case, text, kind, found.got, found.expected, found.wrong, tolerance, found.where, public)


def _tolerance(found: Mismatch) -> str:
    if found.allowed is None or not found.allowed.size:
        return ""
    return f"{float(np.max(found.allowed)):.1g}"
