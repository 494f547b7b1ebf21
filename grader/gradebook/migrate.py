"""Migrate the results of gradebooks of earlier schemas."""

from __future__ import annotations

import builtins
import zlib
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, text

from grader.results import ExerciseResult

FROM: Final = ("1", "2")
"""Schemas that can be migrated. Schema 2 lacks only tables; its attempts have no source."""
_HIDDEN: Final = "This does not hold in a hidden case."
_BATCH: Final = 500


def carry_over(link: Connection, schema: str) -> None:
    """Migrate the results of an earlier schema within the transaction of `link`.

    Of schema 1, `broken` checks earned their points. They become undecided with open points, which the next
    grading decides. A sentence on a hidden case could contain its values. It becomes a detail for
    instructors only.
    """
    if schema != "1":
        return
    link.execute(text("ALTER TABLE gradings ADD COLUMN open_points FLOAT NOT NULL DEFAULT 0"))
    last = (0, "")
    while rows := link.execute(_NEXT, {"attempt": last[0], "slug": last[1], "most": _BATCH}).all():
        link.execute(_UPDATE, [_row(*row) for row in rows])
        last = rows[-1].attempt_id, rows[-1].slug


_NEXT: Final = text(
    "SELECT attempt_id, slug, result FROM gradings"
    " WHERE attempt_id > :attempt OR (attempt_id = :attempt AND slug > :slug)"
    " ORDER BY attempt_id, slug LIMIT :most"
)
_UPDATE: Final = text(
    "UPDATE gradings SET status = :status, points = :points, open_points = :open_points, result = :result"
    " WHERE attempt_id = :attempt AND slug = :slug"
)


def _row(attempt: int, slug: str, stored: bytes) -> dict[str, Any]:
    exercise = _exercise(msgspec.json.decode(zlib.decompress(stored)))
    return {
        "attempt": attempt,
        "slug": slug,
        "status": exercise.status,
        "points": exercise.points,
        "open_points": exercise.open_points,
        "result": zlib.compress(msgspec.json.encode(exercise), 1),
    }


def _exercise(old: dict[str, Any]) -> ExerciseResult:
    """Convert an exercise's result from schema 1 to schema 2."""
    checks = [_check(check) for check in old["checks"]]
    left = sum(check.get("open_points", 0.0) for check in checks)
    changes: dict[str, Any] = {"checks": checks, "points": old["points"] - left, "open_points": left}
    if old["status"] == "broken":
        changes["status"] = "undecided"
    if old["error"] and old["error"]["case_hidden"]:
        changes["error"] = _fault(old["error"])
    return msgspec.convert(old | changes, ExerciseResult)


def _check(old: dict[str, Any]) -> dict[str, Any]:
    if old["status"] == "broken":
        old = old | {"status": "undecided", "points": 0.0, "open_points": old["points"]}
    return old | {"message": _HIDDEN, "details": old["message"]} if old["case_hidden"] else old


def _fault(old: dict[str, Any]) -> dict[str, Any]:
    is_known = isinstance(getattr(builtins, old["type"], None), type)
    kind = {"type": old["type"] if is_known else "an exception"}
    return old | kind | {"message": _HIDDEN, "details": old["message"], "line": None, "excerpt": []}
