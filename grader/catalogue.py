"""The index of a student tree: what there is to solve, without any recorded answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import bundle


@dataclass(frozen=True)
class Entry:
    """One exercise as its student knows it before grading."""

    slug: str
    lesson: str
    title: str
    points: float
    aliases: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Exercises to solve first."""
    hints: tuple[str, ...] = ()
    stub: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which its function is looked for."""
        return (self.slug, *self.aliases)

    @property
    def path(self) -> str:
        """Where its stub stands, below `exercises/`."""
        return f"{self.lesson}/{self.slug}.py"


def read(folder: Path) -> list[Entry]:
    """Return the exercises of a student tree; raises `UsageError` naming the index if it cannot be read."""
    index = bundle.load(folder / bundle.INDEX)
    with bundle.reading(folder / bundle.INDEX):
        return [entry_of(one) for one in index["exercises"]]


def entry_of(one: dict[str, Any]) -> Entry:
    """Return an exercise from its part of the index."""
    return Entry(
        slug=one["slug"],
        lesson=one["lesson"],
        title=one["title"],
        points=one["points"],
        aliases=tuple(one["aliases"]),
        after=tuple(one["after"]),
        hints=tuple(one["hints"]),
        stub=one["stub"],
    )
