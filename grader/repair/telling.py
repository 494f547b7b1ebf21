"""Tell a proven repair in stages: where to look, what kind of slip it is, and at last the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from grader import results
from grader.repair.lessons import WHAT

if TYPE_CHECKING:
    from grader.repair.repair import Repair

Stage = Literal["off", "where", "what", "change"]
STAGES: Final[tuple[Stage, ...]] = ("off", "where", "what", "change")
"""How far a repair is told, each with all before it."""


def told_until(repair: Repair, stage: Stage) -> results.Repair | None:
    """Return what may be told of a repair.

    A change that uses code of the solution is told by its place and kind alone.
    """
    reached = STAGES.index(stage)
    if reached == 0:
        return None
    shows_change = reached == 3 and not repair.uses_donor
    return results.Repair(
        file=repair.file,
        line=repair.line,
        where=list(dict.fromkeys(repair.where)),
        what=list(dict.fromkeys(WHAT[kind] for kind in repair.kinds)) if reached > 1 else [],
        change=[results.ChangedLine(number=n.number, old=n.old, new=n.new) for n in repair.lines]
        if shows_change
        else [],
        is_full=repair.is_full,
    )


def held_back(repair: results.Repair, stage: Stage) -> results.Repair:
    """Return a repair as an earlier stage tells it."""
    return results.Repair(
        file=repair.file,
        line=repair.line,
        where=repair.where,
        what=repair.what if stage != "where" else [],
        change=repair.change if stage == "change" else [],
        is_full=repair.is_full,
    )
