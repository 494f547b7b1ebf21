"""Build the student tree from the reference (stubs, index, recorded answers), or list its stale files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.authoring.catalogue_page import overview
from grader.authoring.freshness import is_fresh
from grader.course import recorded
from grader.course.authored_source import stub
from grader.course.discovery import Authored
from grader.course.index import INDEX, SCHEMA, entry_of, load
from grader.course.preparation import prepare
from grader.course.task import Task
from grader.errors import UsageError
from grader.explain.mistakes import Mistakes
from grader.sandbox import Sandbox

OVERVIEW = "../docs/catalogue.md"


def files(authored: Sequence[Authored], sandbox: Sandbox) -> dict[str, bytes]:
    """Return all generated files by their paths relative to `exercises/`."""
    made: dict[str, bytes] = {}
    mistakes = Mistakes(sandbox)
    entries: list[dict[str, Any]] = []
    recordings: dict[str, dict[str, Any]] = {}
    known = {one.exercise.slug for one in authored}
    for one in authored:
        # `public_only` leaves out hidden cases, so the seed does not matter.
        task: Task = prepare(one, seed=0, public_only=True)
        text = stub(one)
        entries.append(
            recorded.entry(
                task,
                after=[slug for slug in one.exercise.after if slug in known],
                stub=text,
                difficulty=one.exercise.difficulty,
                minutes=one.exercise.minutes,
                repairs=one.repairs,
                change_after=one.change_after,
                in_side_track=one.in_side_track,
            )
        )
        recordings.setdefault(task.lesson, {})[task.slug] = {
            "source": hashlib.sha256(task.source.encode()).hexdigest(),
            **recorded.recording(task, mistakes.answers(task)),
        }
        made[f"{task.lesson}/{task.slug}.py"] = text.encode()
        if task.givens:
            made[f"{task.lesson}/givens.py"] = task.givens
    made[OVERVIEW] = overview(authored).encode()
    made[INDEX] = pretty({"schema": SCHEMA, "exercises": entries})
    for lesson, exercises in recordings.items():
        made[f"{lesson}/{recorded.ANSWERS}"] = _compact({"schema": SCHEMA, "exercises": exercises})
    return made


def pretty(data: object) -> bytes:
    """Return JSON with indentation."""
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


def _compact(data: dict[str, Any]) -> bytes:
    """Return JSON with one line per case: it is small, and a diff shows the changed cases."""
    return msgspec.json.encode(data).replace(b'{"name":', b'\n{"name":') + b"\n"


def write(folder: Path, made: Mapping[str, bytes]) -> list[str]:
    """Write the stale generated files and remove those of removed exercises; return their names."""
    stale = compare(folder, made)
    for name in stale:
        path = folder / name
        if name not in made:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made[name])
    return stale


def compare(folder: Path, made: Mapping[str, bytes]) -> list[str]:
    """Return the names of generated files that differ, are missing, or belong to no exercise."""
    stale = [name for name, data in made.items() if _differs(folder / name, data)]
    gone = {name for name in _built_before(folder) if (folder / name).is_file()}
    return sorted([*stale, *(gone - set(made))])


def _built_before(folder: Path) -> set[str]:
    """Return the files that the present index names: others in the same folders are the author's own."""
    try:
        entries = [entry_of(one) for one in load(folder / INDEX)["exercises"]]
    except (UsageError, LookupError, TypeError):
        return set()
    lessons = {entry.lesson for entry in entries}
    more = {f"{lesson}/{name}" for lesson in lessons for name in (recorded.ANSWERS, "givens.py")}
    return {entry.path for entry in entries} | more


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or is_stale(path.name, path.read_bytes(), data)


def is_stale(name: str, present: bytes, data: bytes) -> bool:
    """Return whether a file differs from what would be generated; recorded answers are compared by value."""
    return not is_fresh(present, data) if name.endswith(recorded.ANSWERS) else present != data
