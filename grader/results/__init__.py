"""The results of grading: versioned, immutable JSON, from which pages, exports and gradebooks are made."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from grader.errors import UsageError
from grader.results.evidence import (
    Cell,
    ChangedLine,
    Curves,
    Difference,
    Far,
    Place,
    Repair,
    RepairStage,
    Shapes,
)

__all__ = [
    "AMBIGUOUS",
    "BROKEN_OFF",
    "EARNED",
    "JUDGED",
    "SCHEMA",
    "UNREAD",
    "UNREADABLE",
    "UNTOUCHED",
    "Cell",
    "ChangedLine",
    "CheckResult",
    "CheckStatus",
    "Curves",
    "Diagnosis",
    "Difference",
    "ExerciseResult",
    "ExerciseStatus",
    "Far",
    "Fault",
    "Place",
    "Repair",
    "RepairStage",
    "Result",
    "Shapes",
    "Stage",
    "from_json",
    "json_schema",
    "status",
    "to_json",
]

SCHEMA: Final = 2
UNREADABLE: Final = "Unreadable"
"""Type of the fault of a file that could not be opened, or is over a limit, so that nobody knows its code."""
AMBIGUOUS: Final = "Ambiguous"
"""Type of the fault of a function that several files define."""

CheckStatus = Literal["passed", "failed", "inconclusive", "skipped", "undecided"]
"""`inconclusive`: no measurement can decide; the check earns its points. `undecided`: the grader failed; the
points are open."""
ExerciseStatus = Literal[
    "undecided",
    "missing",
    "not_attempted",
    "unreadable",
    "syntax_error",
    "wrong_signature",
    "crashed",
    "exited",
    "timed_out",
    "raised",
    "wrong_type",
    "failed",
    "passed",
]
"""Worst first; an exercise has the first status that applies."""

Stage = Literal[
    "example",
    "values",
    "empty",
    "huge",
    "nan",
    "integers",
    "float32",
    "views",
    "refused",
    "untouched",
    "own_work",
]
"""What the calls of an exercise are about, in the order in which a learner meets it."""

EARNED: Final = ("passed", "inconclusive")
"""Checks that earn their points."""
UNTOUCHED: Final = ("missing", "not_attempted")
"""Exercises that the student has not begun."""
UNREAD: Final = ("unreadable", "syntax_error", "wrong_signature")
"""Exercises whose function cannot be called: nothing can read its file, or its source shows why."""
BROKEN_OFF: Final = ("crashed", "exited", "timed_out", "raised")
"""Exercises in which a call gave no result, named after the outcome of the call. Worst first."""
JUDGED: Final = ("wrong_type", "failed")
"""Exercises whose calls returned something else than expected."""


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict of one named check."""

    name: str
    """Unique in its exercise, such as `sums_to_one`."""
    title: str
    """The sentence that the student reads, such as `Each row sums to 1`."""
    status: CheckStatus
    points: float
    open_points: float = 0.0
    """Points neither earned nor lost, because the grader could not decide."""
    max_points: float
    hidden: bool = False
    """Whether the check is left out of the student bundle."""
    advice: bool = False
    """Whether the check is shown without points."""
    message: str = ""
    """What is wrong. For a hidden case, one of a few fixed sentences that no input can influence."""
    details: str = ""
    """For instructors only: the sentence with the values of a hidden case, or why a check is undecided."""
    case: str = ""
    """Name of the smallest case that shows the failure."""
    case_hidden: bool = False
    """Whether the case is hidden; students then see `message` and none of the fields that follow."""
    call: str = ""
    """The call as Python code."""
    printed: str = ""
    """What this call printed, standard error included; never of a hidden case."""
    expected: str = ""
    got: str = ""
    difference: Difference | None = None
    shapes: Shapes | None = None
    picture: Curves | None = None
    smallest: str = ""
    """Snippet with the smallest failing input found, if it is smaller than `call`."""
    stages: dict[Stage, bool] = {}
    """The stages that the check is about, and whether it holds in all calls of each."""
    duration_s: float = 0.0

    @property
    def sentence(self) -> str:
        """What is wrong, with the details if this result has them."""
        return self.details or self.message


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why the student's code gave no answer: an exception, a limit, or a file that cannot be parsed."""

    type: str
    message: str
    """One sentence for a beginner. For a hidden case, a fixed one that no input can influence."""
    details: str = ""
    """Of a hidden case: the sentence with what the code said, for instructors alone."""
    file: str = ""
    """Path of the file in which `line` stands, if that is not the exercise's."""
    line: int | None = None
    """None for a hidden case, because the code may choose the line by the input."""
    traceback: str = ""
    excerpt: list[tuple[int, str]] = []
    """Numbered source lines around `line`."""
    case_hidden: bool = False

    @property
    def sentence(self) -> str:
        """Why there is no answer, with the details if this result has them."""
        return self.details or self.message


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """The likely cause: a known mistake or a pattern with the student's answers, or a sign in the code."""

    mistake: str
    message: str
    evidence: str = ""
    """One sentence on what the answers have in common."""


class ExerciseResult(msgspec.Struct, frozen=True, kw_only=True):
    """All verdicts on one exercise."""

    slug: str
    title: str
    lesson: str
    file: str
    """The submitted file with the function; empty if it was not found."""
    status: ExerciseStatus
    points: float
    open_points: float = 0.0
    """Points of undecided checks."""
    max_points: float
    error: Fault | None = None
    remarks: list[str] = []
    """Why the points differ from those of the checks: attempts, lateness, an instructor's adjustment."""
    stdout: str = ""
    """What the file printed when it was imported."""
    warnings: list[str] = []
    diagnosis: Diagnosis | None = None
    repair: Repair | None = None
    is_searched: bool = False
    """Whether a repair was sought."""
    hints: list[str] = []
    formula: str = ""
    """The exercise's defining formula in LaTeX."""
    checks: list[CheckResult] = []

    @property
    def is_unexplained(self) -> bool:
        """Whether the function fails and no likely cause is known; a repair may then be sought."""
        return self.status in (*BROKEN_OFF, *JUDGED) and self.diagnosis is None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was handed in for it; a function that two files define was handed in."""
        found_twice = self.error is not None and self.error.type == AMBIGUOUS
        return self.status in UNTOUCHED and not found_twice


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one submission."""

    schema: Literal[2] = SCHEMA
    student: str
    digest: str
    """SHA-256 of the submission's files."""
    suite: str
    """SHA-256 of all that can change a verdict."""
    sandbox: str
    points: float
    open_points: float = 0.0
    """Points of undecided checks."""
    max_points: float
    started: str
    """ISO 8601, UTC."""
    duration_s: float
    notes: list[str] = []
    """Sentences on what intake left out or found unusual."""
    exercises: list[ExerciseResult] = []

    @property
    def is_undecided(self) -> bool:
        """Whether the grader itself failed on any exercise."""
        return any(e.status == "undecided" for e in self.exercises)


def status(result: Result) -> str:
    """Return the worst of `undecided`, `unreadable` and `graded` that holds for any exercise."""
    if result.is_undecided:
        return "undecided"
    return "unreadable" if any(e.status == "unreadable" for e in result.exercises) else "graded"


_decoder = msgspec.json.Decoder(Result)


def to_json(result: Result) -> bytes:
    """Return `result` as indented JSON; equal results give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def from_json(data: bytes, *, source: str = "result") -> Result:
    """Return the result in `data`; raises `UsageError` with `source` if the data are invalid."""
    try:
        return _decoder.decode(data)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source} is not a result of schema {SCHEMA}: {error}") from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a result."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "grader-kit result, schema 2",
        **msgspec.json.schema(Result),
    }
