"""The policy in course.toml: lessons, weights of points, deadlines, late work and attempts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal

import msgspec

from grader.errors import UsageError
from grader.results import RepairStage

SOURCE = "reference/course.toml"
Attempts = Literal["last", "best"]
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Amount = Annotated[float, msgspec.Meta(ge=0)]
Weight = Annotated[float, msgspec.Meta(ge=0, le=1000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Late(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The deduction for late work, in percent of the points that it earned."""

    grace_minutes: Amount = 0
    """Minutes after the deadline in which work is not late."""
    percent_per_day: Percent = 0
    """Deduction for each day begun."""
    most_percent: Percent = 100
    """Largest deduction."""
    closed_after_days: Amount | None = None
    """Days after which work earns nothing; by default, late work is always accepted."""


class Lesson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The policy of one lesson."""

    title: str = ""
    use: bool = True
    """Whether its exercises belong to the course."""
    side_track: bool = False
    """Whether the course can be completed without it; lists say so."""
    weight: Weight = 1
    """Factor on the points of its checks."""
    deadline: Moment | None = None
    attempts: Attempts | None = None
    late: Late | None = None
    repairs: RepairStage | None = None


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The policy of the course, and exceptions for single lessons."""

    title: str = ""
    attempts: Attempts = "last"
    late: Late = Late()
    repairs: RepairStage | None = None
    """By default `what` in a lesson with a deadline, and `change` without."""
    lessons: dict[str, Lesson] = {}
    weights: dict[str, Weight] = {}
    """Further factors by exercise; they multiply the lesson's."""

    def uses(self, lesson: str) -> bool:
        """Return whether a lesson belongs to the course."""
        return self.lessons.get(lesson, Lesson()).use

    def is_side_track(self, lesson: str) -> bool:
        """Return whether the course can be completed without a lesson."""
        return self.lessons.get(lesson, Lesson()).side_track

    def repairs_in(self, lesson: str) -> RepairStage:
        """Return how far students are told a repair where they check themselves."""
        own = self.lessons.get(lesson, Lesson())
        return own.repairs or self.repairs or ("what" if own.deadline else "change")

    def change_after(self, lesson: str) -> str:
        """Return the time from which students who check themselves are told the change as well, or nothing.

        It is the lesson's deadline, unless the course says how far repairs are told.
        """
        own = self.lessons.get(lesson, Lesson())
        is_said = own.repairs or self.repairs
        return own.deadline.isoformat() if own.deadline and not is_said else ""

    def repairs_told(self, lesson: str, deadline: datetime | None, now: datetime) -> RepairStage:
        """Return how far a student with this deadline is told a repair now."""
        own = self.lessons.get(lesson, Lesson())
        is_open = deadline is not None and now < deadline
        return own.repairs or self.repairs or ("what" if is_open else "change")

    def weight(self, lesson: str, slug: str) -> float:
        """Return the factor on the points of an exercise."""
        return self.lessons.get(lesson, Lesson()).weight * self.weights.get(slug, 1)

    def lesson(self, name: str) -> Rule:
        """Return the rule for one lesson."""
        own = self.lessons.get(name, Lesson())
        return Rule(deadline=own.deadline, attempts=own.attempts or self.attempts, late=own.late or self.late)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule for one exercise of one student."""

    deadline: datetime | None = None
    extended: bool = False
    """Whether `deadline` is an extension for this student."""
    attempts: Attempts = "last"
    late: Late = Late()


def policy(settings: Mapping[str, Any]) -> Policy:
    """Return the policy in the settings of a course.

    Raises `UsageError` with the key that is unknown or does not fit.
    """
    # The gradebook keeps the policy, but must not keep the secret seed.
    stated = {name: value for name, value in settings.items() if name != "seed"}
    try:
        return msgspec.convert(stated, Policy)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at ")
        table, rest = place.strip("`").removeprefix("$").removeprefix("."), ""
        if "[...]" in table:  # stands for the name of an entry
            table, _, rest = table.partition("[...]")
            rest = f".{_refused(table, stated[table])}{rest}"
        raise UsageError(_sentence(f"{table}{rest}", _value(stated, table, rest), problem)) from error


def _refused(table: str, entries: Mapping[str, Any]) -> str:
    """Return the first entry that does not fit; msgspec names only the table."""
    for name, value in entries.items():
        try:
            msgspec.convert({table: {name: value}}, Policy)
        except msgspec.ValidationError:
            return name
    raise AssertionError(f"every entry of {table} fits")


def _value(stated: Mapping[str, Any], table: str, rest: str) -> Any:
    """Return what stands at a key; the name of an entry may hold dots itself."""
    found: Any = stated
    for key in table.split(".") if table else []:
        found = found[key]
    left = rest.removeprefix(".")
    while left:
        name = next(name for name in found if left == name or left.startswith(f"{name}."))
        found, left = found[name], left[len(name) + 1 :]
    return found


def _sentence(key: str, value: Any, problem: str) -> str:
    """Return a sentence with the key, what was found and what is allowed."""
    unknown = re.search("unknown field `(.*)`", problem)
    if unknown:
        known = next(fields for pattern, fields in _FIELDS if re.fullmatch(pattern, key))
        near = get_close_matches(unknown[1], known, n=1)
        guess = f"; did you mean {near[0]}?" if near else "."
        place = f"{SOURCE}, {key}" if key else SOURCE
        return f"{place}: there is no key {unknown[1]}{guess} The keys are {', '.join(known)}."
    allowed = next(text for pattern, text in _ALLOWED if re.search(pattern, key))
    return f"{SOURCE}: {key} is {_shown(value)}; expected {allowed}."


_FIELDS: Final = (
    ("", (*Policy.__struct_fields__, "seed")),
    (r"(lessons\..*\.)?late", Late.__struct_fields__),
    (r"lessons\..*", Lesson.__struct_fields__),
)
"""The tables, and their keys."""
_ALLOWED: Final = (
    (r"^weights\.", "a number from 0 to 1000"),
    (r"(^|\.)title$", "a text"),
    (r"(^|\.)attempts$", '"last" or "best"'),
    (r"late\.(percent_per_day|most_percent)$", "a number from 0 to 100"),
    (r"late\.(grace_minutes|closed_after_days)$", "a number that is not negative"),
    (r"\.use$", "true or false"),
    (r"\.weight$", "a number from 0 to 1000"),
    (r"\.deadline$", "a time with its zone, such as 2026-03-01T23:59:00+01:00"),
    ("", "a table of keys"),
)
"""What a key may be; the first pattern that fits counts."""


def _shown(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else str(value)


def require_known(found: Policy, *, lessons: Collection[str], slugs: Collection[str]) -> None:
    """Raise `UsageError` if the policy names a lesson or an exercise that does not exist."""
    for table, names, known in (("lessons", found.lessons, lessons), ("weights", found.weights, slugs)):
        for name in names:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                guess = f" Did you mean {near[0]}?" if near else ""
                raise UsageError(f"{SOURCE}, {table}.{name}: there is no {_ONE[table]} of that name.{guess}")


_ONE = {"lessons": "lesson", "weights": "exercise"}
