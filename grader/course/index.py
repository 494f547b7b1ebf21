"""The index of a student tree: its exercises without recorded answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import UsageError
from grader.results import RepairStage

SCHEMA = 1


INDEX = "index.json"


@dataclass(frozen=True)
class Entry:
    """One exercise as students know it before grading."""

    slug: str
    lesson: str
    title: str
    points: float
    aliases: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Exercises to solve first."""
    hints: tuple[str, ...] = ()
    difficulty: str = ""
    minutes: int = 0
    """How long a learner who has read the lesson may need; 0 if the index does not say."""
    formula: str = ""
    """The defining formula in LaTeX."""
    stub: str = ""
    repairs: RepairStage = "change"
    """How far the smallest change that makes a check pass is told."""
    in_side_track: bool = False
    subjects: tuple[str, ...] = ()
    """The functions and classes to write, if it is not one function that is called like the slug."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which its code is searched."""
        return (*(self.subjects or (self.slug,)), *self.aliases)

    @property
    def path(self) -> str:
        """The path of its stub below `exercises/`."""
        return f"{self.lesson}/{self.slug}.py"


def read(folder: Path) -> list[Entry]:
    """Return the exercises of a student tree; raises `UsageError` with the index's path if it is damaged."""
    index = load(folder / INDEX)
    with reading(folder / INDEX):
        return [entry_of(one) for one in index["exercises"]]


def is_called(lesson: str, given: str) -> bool:
    """Return whether a lesson's folder begins as `given` says, with its number or without.

    >>> [is_called("03_activations", text) for text in ("03", "activations", "act", "03_activations", "02")]
    [True, True, True, True, False]
    """
    return lesson.startswith(given) or lesson.partition("_")[2].startswith(given)


def entry_of(one: dict[str, Any]) -> Entry:
    """Return an exercise from its entry in the index."""
    return Entry(
        slug=one["slug"],
        lesson=one["lesson"],
        title=one["title"],
        points=one["points"],
        aliases=tuple(one["aliases"]),
        after=tuple(one["after"]),
        hints=tuple(one["hints"]),
        difficulty=one.get("difficulty", ""),
        minutes=one.get("minutes", 0),
        formula=one.get("formula", ""),
        stub=one["stub"],
        repairs=_stage(one.get("repairs", "change"), one.get("change_after", "")),
        in_side_track=one.get("side_track", False),
        subjects=tuple(one.get("subjects", ())),
    )


def _stage(repairs: RepairStage, change_after: str) -> RepairStage:
    is_over = bool(change_after) and datetime.now(UTC) >= datetime.fromisoformat(change_after)
    return "change" if is_over else repairs


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn any error of a damaged file into a `UsageError` with the file's path."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    except LookupError as error:
        raise UsageError(f"{path} lacks {error}. Unpack the course again.") from error
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read: {error}. Unpack the course again.") from error


def load(path: Path) -> Any:
    """Return the JSON of a generated file; raises `UsageError` with the file's path."""
    with reading(path):
        data = msgspec.json.decode(path.read_bytes())
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UsageError(f"{path} is not of schema {SCHEMA}. Unpack the course again.")
    return data
