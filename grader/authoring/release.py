"""Make the bundle that students get: stubs, lesson texts, recorded public answers, and nothing hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

from grader import resources
from grader.authoring.build import is_stale, pretty
from grader.authoring.wheel import add
from grader.course import recorded
from grader.course.authored_source import solution
from grader.course.course import Course
from grader.course.index import INDEX, SCHEMA, Entry, entry_of, is_called, load, reading
from grader.errors import UsageError
from grader.text.numbers import plural, points_text

_PLACES = {
    ".github/workflows/check.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab.yml",
    ".gitignore": "ignore",
}


def files(
    course: Course, *, lesson: str = "", wheel: tuple[str, bytes] | None = None, solutions: bool = False
) -> dict[str, bytes]:
    """Return the files of a bundle by their paths.

    Args:
        lesson: the beginning of the names of its lessons; all if empty.
        wheel: name and bytes of the grader's wheel for the bundle; without it, requirements.txt names the
        package. solutions: whether to add solutions; refused before the deadline of any lesson in the bundle.
    """
    index = load(course.exercises / INDEX)
    with reading(course.exercises / INDEX):
        kept = [one for one in index["exercises"] if is_called(one["lesson"], lesson)]
        entries = [entry_of(one) for one in kept]
    if not entries:
        raise UsageError(f"There is no exercise in lesson {lesson}.")
    made = {f"exercises/{INDEX}": pretty({"schema": SCHEMA, "exercises": _known(kept)})}
    for entry in entries:
        made[f"exercises/{entry.path}"] = entry.stub.encode()
    for name in dict.fromkeys(entry.lesson for entry in entries):
        made |= {f"exercises/{name}/{file}": data for file, data in _lesson(course.exercises / name)}
    made |= dict(_around(course, entries, wheel))
    return made | (_solutions(course, lesson) if solutions else {})


def stale(released: Mapping[str, bytes], built: Mapping[str, bytes]) -> list[str]:
    """Return the names of generated files that differ in a bundle; the index contains the stubs."""
    names = [name for name in built if name.endswith((".json", "/givens.py"))]
    return [name for name in names if is_stale(name, released.get(f"exercises/{name}", b""), built[name])]


def _known(kept: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the index's entries without prerequisites that are not in the bundle."""
    slugs = {one["slug"] for one in kept}
    return [{**one, "after": [slug for slug in one["after"] if slug in slugs]} for one in kept]


def _lesson(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a lesson except the stubs; other files in its folder are left out."""
    yield recorded.ANSWERS, (folder / recorded.ANSWERS).read_bytes()
    for name in ("README.md", "givens.py"):
        if (folder / name).is_file():
            yield name, (folder / name).read_bytes()


def _around(
    course: Course, entries: Sequence[Entry], wheel: tuple[str, bytes] | None
) -> Iterator[tuple[str, bytes]]:
    folder = resources.templates() / "release"
    for place, name in _PLACES.items():
        yield place, (folder / name).read_bytes()
    text = Template((folder / "README.md").read_text(encoding="utf-8"))
    words = {
        "title": course.title,
        "count": plural(len(entries), "exercise"),
        "lessons": "\n".join(_row(name, list(e)) for name, e in groupby(entries, key=lambda e: e.lesson)),
        "example": entries[0].slug,
    }
    yield "README.md", text.substitute(words).encode()
    if wheel is None:
        yield "requirements.txt", f"grader-kit=={version('grader-kit')}\n".encode()
        return
    name, data = wheel
    yield name, data
    yield "requirements.txt", f"./{name}\n".encode()


def _row(name: str, entries: Sequence[Entry]) -> str:
    points = sum(entry.points for entry in entries)
    aside = ", a side track" if entries[0].in_side_track else ""
    return f"| [{name}](exercises/{name}/README.md){aside} | {len(entries)} | {points_text(points)} |"


def _solutions(course: Course, lesson: str) -> dict[str, bytes]:
    authored = course.authored(lesson=lesson)
    for name in dict.fromkeys(one.lesson for one in authored):
        _require_past(name, course.policy.lesson(name).deadline)
    return {f"solutions/{one.lesson}/{one.exercise.slug}.py": solution(one).encode() for one in authored}


def _require_past(lesson: str, deadline: datetime | None) -> None:
    """Raise `UsageError` for a deadline in the future."""
    if deadline and datetime.now(UTC) < deadline:
        raise UsageError(
            f"The deadline of {lesson} is {deadline:%Y-%m-%d %H:%M}; solutions are given out after it."
        )


def write(target: Path, made: Mapping[str, bytes]) -> None:
    """Write a bundle as a zip if `target` ends in `.zip`, else into a new or empty folder."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is already there; choose another name, or remove it first.")
    if target.suffix == ".zip":
        _zip(target, made)
        return
    for name, data in made.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)


def _zip(target: Path, made: Mapping[str, bytes]) -> None:
    """Write a zip with a single folder, so that unpacking it scatters no files."""
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(made.items()):
            add(archive, f"{target.stem}/{name}", data)
