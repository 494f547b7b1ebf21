"""Write one transaction: an attempt, its results, and the changes against earlier results."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from grader.gradebook.damage import DAMAGE
from grader.gradebook.packed import Packed
from grader.gradebook.schema import attempts, audit, extensions, gradings, settings, sources, stubs
from grader.results import ExerciseResult, Repair, Result
from grader.submissions import SubmissionInfo

_decoder = msgspec.json.Decoder(ExerciseResult)
# Built once: building a statement for each submission would double its time.
_of_student = select(attempts).where(attempts.c.student == bindparam("of"))
_new_attempt = insert(attempts).returning(attempts)
_of_attempt = select(gradings).where(gradings.c.attempt_id == bindparam("of"))
_new_gradings = insert(gradings)
_new_note = insert(audit)
_CREDIT = "search_credit"


@dataclass(frozen=True)
class Change:
    """An exercise whose result changed when it was graded again."""

    student: str
    slug: str
    before: str
    after: str
    reason: str


def attempt(link: Connection, info: SubmissionInfo) -> Row[Any]:
    """Return the attempt of a submission, which becomes the student's latest; enter it if it is new.

    A submission with a known digest is the same attempt again. Handing in an older version once more makes
    that one the latest: it gets the highest rank, and keeps its number.
    """
    mine = link.execute(_of_student, {"of": info.student}).all()
    row = next((row for row in mine if row.digest == info.digest), None)
    number, rank = (max((getattr(row, name) for row in mine), default=0) for name in ("number", "rank"))
    # Of the latest attempt: a new attempt continues with the id that a roster has set.
    before = max(mine, key=lambda row: int(row.rank), default=None)
    facts = {
        "name": info.name,
        # Only a roster sets ids; grading without one keeps the stored id.
        "ident": before.ident if before and not info.is_called else info.id,
        "system": info.system,
        "notes": msgspec.json.encode(info.notes).decode(),
        "late": info.late,
    }
    if row is None:
        new = {"student": info.student, "digest": info.digest, "rank": rank + 1}
        new |= {"number": number + 1, "submitted": info.submitted}
        note(link, "submitted", info.student, info.digest, "", str(new["number"]), "")
        return link.execute(_new_attempt, new | facts).one()
    if row.rank < rank:
        facts["rank"] = rank + 1
        note(link, "submitted", info.student, info.digest, "", str(row.number), "handed in again")
    # A later roster may add or change the time of a graded attempt; one without times keeps the stored time.
    if info.submitted and info.submitted != row.submitted:
        facts["submitted"] = info.submitted
        note(link, "submitted", info.student, info.digest, row.submitted, info.submitted, "another time")
    if any(getattr(row, name) != value for name, value in facts.items()):
        link.execute(update(attempts).where(attempts.c.id == row.id).values(facts))
    return row


def keep(link: Connection, row: Row[Any], result: Result, suites: Mapping[str, str]) -> list[Change]:
    """Replace the attempt's earlier results of these exercises, and return the changes.

    Exercises that were not graded this time keep their results.
    """
    slugs = {e.slug for e in result.exercises}
    before = {old.slug: old for old in link.execute(_of_attempt, {"of": row.id}) if old.slug in slugs}
    if before:
        link.execute(delete(gradings).where(gradings.c.attempt_id == row.id, gradings.c.slug.in_(before)))
    rows = [_row(row.id, exercise, result.sandbox, suites[exercise.slug]) for exercise in result.exercises]
    link.execute(_new_gradings, rows)
    pairs = (
        (before[e.slug], new, e) for e, new in zip(result.exercises, rows, strict=True) if e.slug in before
    )
    found = (_change(row.student, old, new, exercise) for old, new, exercise in pairs)
    return [change for change in found if change]


def _row(attempt: int, exercise: ExerciseResult, sandbox: str, suite: str) -> dict[str, Any]:
    return {
        "attempt_id": attempt,
        "slug": exercise.slug,
        "lesson": exercise.lesson,
        "suite": suite,
        "sandbox": sandbox,
        "status": exercise.status,
        "points": exercise.points,
        "open_points": exercise.open_points,
        "max_points": exercise.max_points,
        "graded": _now(),
        "result": pack(exercise),
    }


def put_source(link: Connection, packed: Packed) -> None:
    """Keep the source of a submission, in place of what is kept of it, which may be damaged."""
    its = packed.stubs
    if not link.scalar(select(stubs.c.digest).where(stubs.c.digest == its.digest)):
        link.execute(insert(stubs).values(digest=its.digest, text=its.text))
    link.execute(delete(sources).where(sources.c.digest == packed.digest))
    link.execute(insert(sources).values(digest=packed.digest, stubs=its.digest, data=packed.data))


def keep_repair(link: Connection, info: SubmissionInfo, slug: str, repair: Repair | None) -> None:
    """Store a repair beside the verdicts of an exercise; None if none was found."""
    its = (attempts.c.student == info.student) & (attempts.c.digest == info.digest)
    query = select(gradings.c.attempt_id, gradings.c.result).join_from(attempts, gradings)
    for row in link.execute(query.where(its, gradings.c.slug == slug)).all():
        exercise = msgspec.structs.replace(unpack(row.result), repair=repair, is_searched=True)
        where = (gradings.c.attempt_id == row.attempt_id) & (gradings.c.slug == slug)
        link.execute(update(gradings).where(where).values(result=pack(exercise)))


def pack(exercise: ExerciseResult) -> bytes:
    """Return an exercise's result as compressed JSON."""
    return zlib.compress(msgspec.json.encode(exercise), 1)


def unpack(data: bytes) -> ExerciseResult:
    """Return the result in compressed JSON; raises one of `DAMAGE` if it is damaged."""
    return _decoder.decode(zlib.decompress(data))


def _change(student: str, old: Row[Any], new: Mapping[str, Any], exercise: ExerciseResult) -> Change | None:
    try:
        earlier = unpack(old.result)
    except DAMAGE:  # grading again must be possible, as it repairs the damage
        return Change(student, exercise.slug, "damaged", _worth(exercise), "the stored result was damaged")
    verdicts = {c.name: c.status for c in earlier.checks}
    now = {c.name: c.status for c in exercise.checks}
    differing = [n for n in {**verdicts, **now} if verdicts.get(n) != now.get(n)]
    before, after = _worth(earlier), _worth(exercise)
    if before == after and not differing:
        return None
    moves = [f"{n} {verdicts.get(n, 'absent')} → {now.get(n, 'absent')}" for n in differing]
    return Change(student, exercise.slug, before, after, "; ".join([_why(old, new), *moves]))


def _worth(exercise: ExerciseResult) -> str:
    return f"{exercise.status} {exercise.points:g}/{exercise.max_points:g}"


def _why(old: Row[Any], new: Mapping[str, Any]) -> str:
    if old.status == "undecided":
        return "the grader had failed"
    if old.suite != new["suite"]:
        return "the exercise or the grader has changed"
    if old.sandbox != new["sandbox"]:
        return f"sandbox level {new['sandbox']} instead of {old.sandbox}"
    return "graded again on demand"


def rename_lesson(link: Connection, old: str, new: str) -> None:
    """Rename a lesson in results and extensions; a student's extension under the new name counts."""
    link.execute(update(gradings).where(gradings.c.lesson == old).values(lesson=new))
    present = select(extensions.c.student).where(extensions.c.lesson == new)
    link.execute(delete(extensions).where(extensions.c.lesson == old, extensions.c.student.in_(present)))
    link.execute(update(extensions).where(extensions.c.lesson == old).values(lesson=new))


def search_credit(link: Connection) -> int:
    """Return for how many graded exercises no repairs have been sought yet."""
    return int(link.scalar(select(settings.c.value).where(settings.c.name == _CREDIT)) or 0)


def add_search_credit(link: Connection, exercises: int) -> None:
    """Count graded exercises; what a search uses up is negative."""
    put(link, _CREDIT, str(search_credit(link) + exercises))


def put(link: Connection, name: str, value: str) -> None:
    if not link.execute(update(settings).where(settings.c.name == name).values(value=value)).rowcount:
        link.execute(insert(settings).values(name=name, value=value))


def note(
    link: Connection, event: str, student: str, subject: str, before: str, after: str, reason: str
) -> None:
    row = {"moment": _now(), "event": event, "student": student, "subject": subject}
    link.execute(_new_note, row | {"before": before, "after": after, "reason": reason})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
