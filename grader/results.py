"""What grading found, frozen: the versioned JSON that every page, export and gradebook is made from."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from grader.errors import UsageError

SCHEMA: Final = 2
AMBIGUOUS: Final = "Ambiguous"
"""Type of the fault of a function that stands in several files."""

CheckStatus = Literal["passed", "failed", "inconclusive", "skipped", "undecided"]
"""`inconclusive`: no measurement can decide, which earns the points. `undecided`: the grader failed, and the
points stay open."""
ExerciseStatus = Literal[
    "undecided",
    "missing",
    "not_attempted",
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
"""Worst first: an exercise has the first that applies."""

EARNED: Final = ("passed", "inconclusive")
"""Checks that earn their points."""
UNTOUCHED: Final = ("missing", "not_attempted")
"""Exercises that nobody has begun."""
UNREAD: Final = ("syntax_error", "wrong_signature")
"""Exercises whose code says that no call of it can be made."""
BROKEN_OFF: Final = ("crashed", "exited", "timed_out", "raised")
"""Exercises in which a call gave no result; the word for the call is the same. Worst first."""
JUDGED: Final = ("wrong_type", "failed")
"""Exercises whose calls returned, and something else than was expected."""


class Cell(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One element of a compared array, as shown: 4 significant digits, more where that hides a difference."""

    yours: str
    expected: str
    differs: bool


class Far(msgspec.Struct, frozen=True, kw_only=True):
    """One of the largest differences of an array too large to show whole."""

    index: str
    yours: str
    expected: str
    difference: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Two arrays of one shape, side by side; large ones shortened to a window around the worst element."""

    shape: list[int]
    count: int
    """How many of `total` elements differ."""
    total: int
    worst: list[int]
    """Index of the largest difference."""
    largest: str
    """The largest difference itself, as shown; empty where it is not a number."""
    tolerance: str
    plane: str = ""
    """Which 2-D slice the cells show, such as `[1, :, :]`; empty for 0-D to 2-D."""
    rows: list[int]
    """Indices of the rows shown, at most 12."""
    columns: list[int]
    """Indices of the columns shown, at most 8; empty for 0-D and 1-D."""
    cells: list[list[Cell]]
    """One list a row; one cell a row for 0-D and 1-D."""
    inputs: list[str] = []
    """What each row's input was, for 1-D results of functions that act on each element."""
    gaps: list[str] = []
    """The difference in each row, empty where it is within tolerance; only for 1-D."""
    top: list[Far] = []
    """The five largest differences, only when cells were left out."""
    map: list[str] = []
    """At most 32 strings of at most 32 `.` and `x`, one a block; only when cells were left out."""


class Shapes(msgspec.Struct, frozen=True, kw_only=True):
    """Two arrays that cannot be compared element by element."""

    yours: list[int]
    expected: list[int]
    yours_dtype: str
    expected_dtype: str


class Curves(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of two lines, null where they are not finite; both over the same `x`, but for a path."""

    title: str
    kind: Literal["function", "steps", "errors", "path"] = "function"
    """What is drawn: values over the input or over the number of steps; a gradient's errors over the step of
    finite differences, both in powers of ten; a path in the plane."""
    x: list[float]
    """Of a path, the first coordinates of yours."""
    yours: list[float | None]
    expected: list[float | None]
    x_expected: list[float] = []
    """First coordinates of the expected path."""


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """One named check's verdict."""

    name: str
    """Unique in its exercise, such as `sums_to_one`."""
    title: str
    """The sentence the student reads, such as `Each row sums to 1`."""
    status: CheckStatus
    points: float
    open_points: float = 0.0
    """Neither earned nor lost: the grader could not decide."""
    max_points: float
    hidden: bool = False
    """Kept out of the student bundle."""
    advice: bool = False
    """Shown, never counted."""
    message: str = ""
    """What is wrong. In a hidden case one of a few fixed sentences, which no input can have got into."""
    details: str = ""
    """For instructors alone: the sentence with the values of a hidden case, or why a check is undecided."""
    case: str = ""
    """Name of the smallest case that shows the failure."""
    case_hidden: bool = False
    """Its inputs come from the secret seed: students see `message`, and none of the fields that follow."""
    call: str = ""
    """The call as Python code that reproduces it."""
    expected: str = ""
    got: str = ""
    difference: Difference | None = None
    shapes: Shapes | None = None
    picture: Curves | None = None
    smallest: str = ""
    """Snippet with the smallest failing input that was found, if smaller than `call`."""
    duration_s: float = 0.0

    @property
    def sentence(self) -> str:
        """What is wrong, with all that this result holds of it."""
        return self.details or self.message


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why the student's code gave no answer: an exception, a limit, a file that cannot be read."""

    type: str
    message: str
    """One sentence for a beginner. In a hidden case a fixed one, which no input can have got into."""
    details: str = ""
    """Of a hidden case: the sentence with what the code said, for instructors alone."""
    file: str = ""
    """Path of the file in which `line` stands, if that is not the exercise's."""
    line: int | None = None
    """None in a hidden case: a line that is chosen by an input would tell it."""
    traceback: str = ""
    excerpt: list[tuple[int, str]] = []
    """Numbered source lines around `line`."""
    case_hidden: bool = False

    @property
    def sentence(self) -> str:
        """Why there is no answer, with all that this result holds of it."""
        return self.details or self.message


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """A known mistake whose answers equal the student's on every case."""

    mistake: str
    message: str
    evidence: str = ""
    """Why we think so, one sentence."""


class ExerciseResult(msgspec.Struct, frozen=True, kw_only=True):
    """All verdicts on one exercise."""

    slug: str
    title: str
    lesson: str
    file: str
    """The submitted file the function was found in; empty if it was not."""
    status: ExerciseStatus
    points: float
    open_points: float = 0.0
    """What checks that could not be decided are worth."""
    max_points: float
    error: Fault | None = None
    remarks: list[str] = []
    """Why the points are not those of the checks alone: attempts, lateness, an instructor's change."""
    stdout: str = ""
    warnings: list[str] = []
    diagnosis: Diagnosis | None = None
    hints: list[str] = []
    formula: str = ""
    """The exercise's defining formula, LaTeX."""
    checks: list[CheckResult] = []

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was handed in for it; two files that both define it are something."""
        found_twice = self.error is not None and self.error.type == AMBIGUOUS
        return self.status in UNTOUCHED and not found_twice


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One submission, graded."""

    schema: Literal[2] = SCHEMA
    student: str
    digest: str
    """SHA-256 of the submission's files."""
    suite: str
    """SHA-256 of everything that can change a verdict."""
    sandbox: str
    points: float
    open_points: float = 0.0
    """What checks that could not be decided are worth."""
    max_points: float
    started: str
    """ISO 8601, UTC."""
    duration_s: float
    notes: list[str] = []
    """What intake left out or found odd, one sentence each."""
    exercises: list[ExerciseResult] = []

    @property
    def is_undecided(self) -> bool:
        """Whether the grader itself failed on any exercise."""
        return any(e.status == "undecided" for e in self.exercises)


def status(result: Result) -> str:
    """Return `undecided` if the grader itself failed on any exercise, else `graded`."""
    return "undecided" if result.is_undecided else "graded"


_decoder = msgspec.json.Decoder(Result)


def to_json(result: Result) -> bytes:
    """Return `result` as indented JSON, the same bytes for the same result."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def from_json(data: bytes, *, source: str = "result") -> Result:
    """Return the result in `data`; raises `UsageError` naming `source` if it is none."""
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
