"""What course.toml says: which lessons there are, what points weigh, deadlines, late work, attempts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import msgspec

from grader.errors import UsageError

SOURCE = "reference/course.toml"
Attempts = Literal["last", "best"]
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Amount = Annotated[float, msgspec.Meta(ge=0)]
Weight = Annotated[float, msgspec.Meta(ge=0, le=1000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Late(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What late work costs, in percent of the points it earned."""

    grace_minutes: Amount = 0
    """So long after the deadline nothing is late."""
    percent_per_day: Percent = 0
    """Taken for each day that has begun."""
    most_percent: Percent = 100
    """Never taken more than this."""
    closed_after_days: Amount | None = None
    """Later work earns nothing; without it, late work is always taken."""


class Lesson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for one lesson."""

    title: str = ""
    use: bool = True
    """Whether its exercises belong to the course."""
    weight: Weight = 1
    """What the points of its checks are multiplied by."""
    deadline: Moment | None = None
    attempts: Attempts | None = None
    late: Late | None = None


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for the course, and for lessons that say otherwise."""

    title: str = ""
    attempts: Attempts = "last"
    late: Late = Late()
    lessons: dict[str, Lesson] = {}
    weights: dict[str, Weight] = {}
    """By exercise, on top of its lesson's."""

    def uses(self, lesson: str) -> bool:
        """Return whether a lesson belongs to the course."""
        return self.lessons.get(lesson, Lesson()).use

    def weight(self, lesson: str, slug: str) -> float:
        """Return what the points of an exercise are multiplied by."""
        return self.lessons.get(lesson, Lesson()).weight * self.weights.get(slug, 1)

    def lesson(self, name: str) -> Rule:
        """Return what holds for one lesson."""
        own = self.lessons.get(name, Lesson())
        return Rule(deadline=own.deadline, attempts=own.attempts or self.attempts, late=own.late or self.late)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for one exercise of one student."""

    deadline: datetime | None = None
    extended: bool = False
    """Whether `deadline` is this student's own."""
    attempts: Attempts = "last"
    late: Late = Late()


def policy(settings: Mapping[str, Any]) -> Policy:
    """Return the policy in the settings of a course.

    Raises `UsageError` naming the key that is unknown or does not fit.
    """
    stated = {name: value for name, value in settings.items() if name != "seed"}  # secret, so never kept
    try:
        return msgspec.convert(stated, Policy)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at ")
        key = place.strip("`").removeprefix("$.")
        table = key.partition("[...]")[0]
        key = key.replace("[...]", f".{_refused(table, stated[table])}") if table != key else key
        raise UsageError(f"{SOURCE}{f', {key}' if key else ''}: {_sentence(problem)}.") from error


def _refused(table: str, entries: Mapping[str, Any]) -> str:
    """Return the first entry that does not fit: msgspec tells the table alone."""
    for name, value in entries.items():
        try:
            msgspec.convert({table: {name: value}}, Policy)
        except msgspec.ValidationError:
            return name
    raise AssertionError(f"every entry of {table} fits")


def require_known(found: Policy, *, lessons: Collection[str], slugs: Collection[str]) -> None:
    """Raise `UsageError` for a lesson or an exercise that is named and does not exist."""
    for table, names, known in (("lessons", found.lessons, lessons), ("weights", found.weights, slugs)):
        for name in names:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                guess = f" Did you mean {near[0]}?" if near else ""
                raise UsageError(f"{SOURCE}, {table}.{name}: there is no {_ONE[table]} of that name.{guess}")


_ONE = {"lessons": "lesson", "weights": "exercise"}


def _sentence(problem: str) -> str:
    return problem.replace("Object contains unknown field", "there is no key").replace("Expected", "expected")
