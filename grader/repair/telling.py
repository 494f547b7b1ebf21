"""Tell a proven repair in stages: where to look, what kind of slip it is, and at last the change itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.repair.lessons import WHAT

if TYPE_CHECKING:
    from grader.course.policy import Repairs
    from grader.repair.repair import Line, Repair


@dataclass(frozen=True)
class Told:
    """A repair, as far as it is told."""

    file: str
    line: int
    """The first line that changes."""
    where: list[str]
    """For each change where to look."""
    what: list[str]
    """What to know about slips of that kind; empty if it is not told yet."""
    change: list[Line]
    """The change itself; empty if it is not told."""
    is_full: bool
    """Whether all checks pass with it."""


def told_until(repair: Repair, stage: Repairs) -> Told | None:
    """Return what may be told of a repair.

    A change that uses code of the solution is told by its place and kind alone.
    """
    if stage == "off":
        return None
    whole = Told(
        file=repair.file,
        line=repair.line,
        where=list(dict.fromkeys(repair.where)),
        what=list(dict.fromkeys(WHAT[kind] for kind in repair.kinds)),
        change=[] if repair.uses_donor else list(repair.lines),
        is_full=repair.is_full,
    )
    return held_back(whole, stage)


def held_back(told: Told, stage: Repairs) -> Told:
    """Return what a stage tells, which includes all stages before it."""
    if stage == "change":
        return told
    return replace(told, change=[], what=told.what if stage == "what" else [])
