"""The policy in course.toml: lessons, weights of points, deadlines, late work and attempts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import msgspec

from grader.errors import UsageError

SOURCE = "reference/course.toml"
Attempts = Literal["last", "best"]
Repairs = Literal["off", "where", "what", "change"]
"""How far students are told the smallest change that makes a check pass."""
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
    repairs: Repairs | None = None


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The policy of the course, and exceptions for single lessons."""

    title: str = ""
    attempts: Attempts = "last"
    late: Late = Late()
    repairs: Repairs | None = None
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

    def repairs_in(self, lesson: str) -> Repairs:
        """Return how far students are told a repair where they check themselves."""
        own = self.lessons.get(lesson, Lesson())
        return own.repairs or self.repairs or ("what" if own.deadline else "change")

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
        key = place.strip("`").removeprefix("$.")
        table = key.partition("[...]")[0]
        key = key.replace("[...]", f".{_refused(table, stated[table])}") if table != key else key
        raise UsageError(f"{SOURCE}{f', {key}' if key else ''}: {_sentence(problem)}.") from error


def _refused(table: str, entries: Mapping[str, Any]) -> str:
    """Return the first entry that does not fit; msgspec names only the table."""
    for name, value in entries.items():
        try:
            msgspec.convert({table: {name: value}}, Policy)
        except msgspec.ValidationError:
            return name
    raise AssertionError(f"every entry of {table} fits")


def require_known(found: Policy, *, lessons: Collection[str], slugs: Collection[str]) -> None:
    """Raise `UsageError` if the policy names a lesson or an exercise that does not exist."""
    for table, names, known in (("lessons", found.lessons, lessons), ("weights", found.weights, slugs)):
        for name in names:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                guess = f" Did you mean {near[0]}?" if near else ""
                raise UsageError(f"{SOURCE}, {table}.{name}: there is no {_ONE[table]} of that name.{guess}")


_ONE = {"lessons": "lesson", "weights": "exercise"}


def _sentence(problem: str) -> str:
    return problem.replace("Object contains unknown field", "there is no key").replace("Expected", "expected")
