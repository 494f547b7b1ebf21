"""The summary of one exercise in a class; results are counted one after the other, and none is kept."""

from __future__ import annotations

import hashlib
import re
import statistics
from collections import Counter, defaultdict
from typing import Final

import msgspec

from grader.report.histogram import Bar, bars, middle
from grader.results import BROKEN_OFF, EARNED, JUDGED, UNREAD, UNTOUCHED, CheckResult, ExerciseResult, Repair

STOPPED: Final = (*UNREAD, *BROKEN_OFF)
EXAMPLES: Final = 10
"""Most causes, and most groups without a cause, with an example; for the others, only a count is shown."""
_DOUBTED: Final = 3
"""Fewest students who fail a check, and who pass it, before it is doubted."""
_LINE: Final = re.compile(r"(?i)\b(?:on )?line \d+")


class CheckTally(msgspec.Struct, frozen=True, kw_only=True):
    """The outcomes of a check; their counts sum to the number of students with the exercise."""

    title: str
    passed: int = 0
    failed: int = 0
    error: int = 0
    idle: int = 0
    lowest: bool = False
    hidden: bool = False
    median_s: float = 0
    """Median seconds of the check without the student's calls, which are made once for all checks."""
    elsewhere: tuple[float, float] | None = None
    """Mean share of the points of the other exercises, of students who fail it and of those who pass."""

    @property
    def total(self) -> int:
        """Number of students with a verdict."""
        return self.passed + self.failed + self.error + self.idle

    @property
    def surplus(self) -> float:
        """How much better those who fail it do elsewhere than those who pass; negative for most checks."""
        return self.elsewhere[0] - self.elsewhere[1] if self.elsewhere else -1.0

    @property
    def is_doubtful(self) -> bool:
        """Whether the check may be wrong: those who fail it do as well elsewhere as those who pass."""
        return self.surplus >= 0 and self.failed >= max(_DOUBTED, self.total / 10) and self.passed >= _DOUBTED


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """A known mistake, or a slip that a small change mends, and the students who made it."""

    slug: str
    mistake: str
    message: str
    prompt: str
    """A hint with which to start a discussion; empty if the exercise has none."""
    students: list[str]
    repair: Repair | None = None
    """The change of the first of these students; None for a known mistake."""

    @property
    def name(self) -> str:
        """A short name for a student's row, where a sentence would be too long."""
        return f"{self.slug} {self.mistake}"


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Students with the same wrong answers."""

    students: list[str]
    mistake: str = ""
    """The known mistake with the same answers, or the kind of slip."""


class ExerciseTally(msgspec.Struct, frozen=True, kw_only=True):
    """The summary of an exercise."""

    slug: str
    title: str
    lesson: str
    formula: str
    max_points: float
    mean: float
    median: float
    done: int
    untouched: int
    """Number of students who have not begun it or not handed it in."""
    stopped: int
    """Number of students whose code could not be parsed or did not end normally."""
    unexplained: int
    """Number of failed answers without a known cause."""
    total: int
    checks: list[CheckTally]
    causes: list[Cause]
    groups: list[Group]
    """Groups of equal wrong answers, the largest first."""
    bars: list[Bar]

    @property
    def hardest(self) -> CheckTally | None:
        """The check that the fewest students pass, or None if all pass."""
        low = min(self.checks, key=lambda c: c.passed / c.total, default=None)
        return low if low is not None and low.passed < low.total else None

    @property
    def unknown(self) -> list[Group]:
        """The groups whose answers match no known mistake."""
        return [group for group in self.groups if not group.mistake]

    @property
    def examples(self) -> list[str]:
        """The first student of each cause and unknown group with an example."""
        causes = [cause.students[0] for cause in self.causes[:EXAMPLES]]
        return list(dict.fromkeys([*causes, *(group.students[0] for group in self.unknown[:EXAMPLES])]))


class _Check:
    """The counts of one check."""

    def __init__(self, check: CheckResult) -> None:
        self.title, self.hidden = check.title, check.hidden
        self.outcomes: Counter[str] = Counter()
        self.seconds: Counter[float] = Counter()
        self.elsewhere: dict[str, float] = defaultdict(float)
        """By outcome, the sum of the shares of points of the other exercises."""

    def add(self, check: CheckResult, exercise: ExerciseResult, elsewhere: float) -> None:
        outcome = _outcome(check.status, exercise.status)
        self.outcomes[outcome] += 1
        self.elsewhere[outcome] += elsewhere
        if outcome != "idle":
            self.seconds[float(f"{check.duration_s:.2g}")] += 1  # two digits: few keys for any class

    def tally(self, *, has_others: bool) -> CheckTally:
        failed, passed = self.outcomes["failed"], self.outcomes["passed"]
        elsewhere = self.elsewhere["failed"] / (failed or 1), self.elsewhere["passed"] / (passed or 1)
        return CheckTally(
            elsewhere=elsewhere if has_others and failed and passed else None,
            title=self.title,
            hidden=self.hidden,
            median_s=middle(self.seconds),
            passed=passed,
            failed=failed,
            error=self.outcomes["error"],
            idle=self.outcomes["idle"],
        )


class ExerciseCounter:
    """Counts the results of one exercise; it keeps only the names of students."""

    def __init__(self, first: ExerciseResult) -> None:
        self._slug, self._title, self._lesson = first.slug, first.title, first.lesson
        self._formula = first.formula
        self._most = 0.0
        self._points: Counter[float] = Counter()
        self._counts: Counter[str] = Counter()
        self._checks: dict[str, _Check] = {}
        self._causes: dict[str, Cause] = {}
        self._groups: dict[bytes, Group] = {}

    def add(self, student: str, exercise: ExerciseResult, *, elsewhere: float = 0.0) -> None:
        """Count one student's result; `elsewhere` is the share of the other exercises' points."""
        self._most = max(self._most, exercise.max_points)
        self._points[exercise.points] += 1
        self._counts.update(_facts(exercise))
        for check in exercise.checks:
            if not check.advice:
                self._checks.setdefault(check.name, _Check(check)).add(check, exercise, elsewhere)
        mistake = mistake_of(exercise)
        if mistake:
            self._causes.setdefault(mistake, _cause(exercise, mistake)).students.append(student)
        if exercise.status not in ("passed", "undecided", *UNTOUCHED):
            group = self._groups.setdefault(answer(exercise), Group(students=[], mistake=mistake))
            group.students.append(student)

    def tally(self, *, has_others: bool = False) -> ExerciseTally:
        """Return the summary of all results so far; `has_others` tells whether there are more exercises."""
        points = sorted(self._points.elements())
        return ExerciseTally(
            slug=self._slug,
            title=self._title,
            lesson=self._lesson,
            formula=self._formula,
            max_points=self._most,
            mean=statistics.fmean(points),
            median=statistics.median(points),
            total=len(points),
            checks=[check.tally(has_others=has_others) for check in self._checks.values()],
            causes=sorted(self._causes.values(), key=lambda cause: -len(cause.students)),
            groups=sorted(self._groups.values(), key=lambda group: -len(group.students)),
            bars=bars(points, self._most),
            done=self._counts["done"],
            untouched=self._counts["untouched"],
            stopped=self._counts["stopped"],
            unexplained=self._counts["unexplained"],
        )


def _facts(exercise: ExerciseResult) -> list[str]:
    holds = {
        "done": exercise.status == "passed",
        "untouched": exercise.status in UNTOUCHED,
        "stopped": exercise.status in STOPPED,
        "unexplained": is_unexplained(exercise),
    }
    return [name for name, true in holds.items() if true]


def _outcome(check: str, exercise: str) -> str:
    if check in EARNED:
        return "passed"
    if check == "skipped" or exercise in UNTOUCHED:
        return "idle"
    # If a call crashed, its checks fail as well; they count as errors of the exercise.
    return "error" if check == "undecided" or exercise in STOPPED else "failed"


def is_unexplained(exercise: ExerciseResult) -> bool:
    """Return whether the answers are wrong, and neither a known mistake nor a small change tells why."""
    return exercise.status in JUDGED and not mistake_of(exercise)


def mistake_of(exercise: ExerciseResult) -> str:
    """Return the name of the known mistake, or the kind and place of the slip; empty if neither is known."""
    if exercise.diagnosis:
        return exercise.diagnosis.mistake
    return exercise.repair.kind if exercise.repair else ""


def _cause(exercise: ExerciseResult, mistake: str) -> Cause:
    repair = None if exercise.diagnosis else exercise.repair
    where = f"`{repair.function}`: {' '.join(place.sentence for place in repair.where)}" if repair else ""
    return Cause(
        slug=exercise.slug,
        mistake=mistake,
        message=exercise.diagnosis.message if exercise.diagnosis else where,
        repair=repair,
        prompt=exercise.hints[0] if exercise.hints else "",
        students=[],
    )


def answer(exercise: ExerciseResult) -> bytes:
    """Return a digest of a wrong answer: the failed checks with their cases and values, or why it stopped.

    Numbers are compared as they are shown. Line numbers are left out: the same exception on another line is
    the same answer.
    """
    fault = (exercise.error.type, _LINE.sub("", exercise.error.message)) if exercise.error else ()
    failed = [
        (c.name, c.case, _LINE.sub("", c.sentence), c.expected, c.got, c.difference, c.shapes)
        for c in exercise.checks
        if c.status == "failed" and not c.advice
    ]
    return hashlib.sha256(msgspec.msgpack.encode((exercise.status, fault, failed))).digest()[:16]
