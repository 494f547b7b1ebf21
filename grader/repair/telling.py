"""Put a proven repair into words: where to look, what kind of slip it is, and the change itself."""

from __future__ import annotations

from grader.repair.lessons import WHAT
from grader.repair.repair import Proven
from grader.results import Repair, RepairStage
from grader.submissions.source import excerpt


def told(proven: Proven, stage: RepairStage = "change") -> Repair:
    """Return a repair as a result keeps it, in full; `stage` says how far the student is told."""
    line = proven.lines[0].number
    slips = [f"{step.kind}: {step.thing}" if step.thing else step.kind for _, step in proven.placed]
    is_helper = proven.function != proven.code.name
    parts = [*([f"in {proven.function}"] if is_helper else []), *dict.fromkeys(slips)]
    return Repair(
        file=proven.code.path,
        function=proven.function,
        line=line,
        kind=", ".join(parts),
        excerpt=excerpt(proven.code.data.decode(), line),
        where=list(dict.fromkeys(proven.where)),
        what=list(dict.fromkeys(WHAT[kind] for kind in proven.kinds)),
        change=list(proven.lines),
        is_full=proven.is_full,
        uses_solution=proven.uses_donor,
        told=stage,
        code="\n\n".join(proven.code.texts),
    )
