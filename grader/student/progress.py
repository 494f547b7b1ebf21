"""A student's progress, stored in `.grader/` beside the exercises: last verdicts and hints seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from grader.course.course import Course
from grader.course.index import Entry
from grader.results import ExerciseResult, ExerciseStatus, Result
from grader.text.files import write

FOLDER = ".grader"


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise: the outcome of its last check, and the number of hints shown."""

    status: ExerciseStatus = "not_attempted"
    points: float = 0
    hints: int = 0

    def shown(self, entry: Entry) -> ExerciseResult:
        """Return the exercise as a result, so that it is shown in the same words and marks."""
        return ExerciseResult(
            slug=entry.slug,
            title=entry.title,
            lesson=entry.lesson,
            file="",
            status=self.status,
            points=self.points,
            max_points=entry.points,
        )


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """All exercises by slug; those that were never checked are absent."""

    schema: Literal[1] = 1
    exercises: Mapping[str, Reached] = {}

    def of(self, slug: str) -> Reached:
        """Return the progress in one exercise."""
        return self.exercises.get(slug, Reached())

    def after(self, result: Result) -> Progress:
        """Return the progress after `result`."""
        new = {e.slug: replace(self.of(e.slug), status=e.status, points=e.points) for e in result.exercises}
        return replace(self, exercises={**self.exercises, **new})

    def hinted(self, slug: str, count: int) -> Progress:
        """Return the progress after `count` hints of an exercise were shown."""
        return replace(self, exercises={**self.exercises, slug: replace(self.of(slug), hints=count)})

    def following(self, entries: Sequence[Entry], *, slug: str = "") -> Entry | None:
        """Return the next exercise after `slug`: the first whose prerequisites are solved, else any."""
        at = next((i + 1 for i, entry in enumerate(entries) if entry.slug == slug), 0)
        turned = [*entries[at:], *entries[:at]]
        rest = [e for e in turned if e.slug != slug and self.of(e.slug).status != "passed"]
        ready = (e for e in rest if all(self.of(before).status == "passed" for before in e.after))
        return next(ready, rest[0] if rest else None)


def folder(course: Course) -> Path:
    """Return the folder of the progress: in the course, or here if the exercises are the installed ones."""
    return (Path.cwd() if course.is_installed else course.root) / FOLDER


def load(course: Course) -> Progress:
    """Return the stored progress; if the file is missing or damaged, start anew, as a check restores it."""
    try:
        return msgspec.json.decode((folder(course) / "progress.json").read_bytes(), type=Progress)
    except (OSError, ValueError, RecursionError):
        return Progress()


def save(course: Course, progress: Progress) -> str:
    """Store `progress`; return the reason if that is not possible, such as a read-only folder."""
    place = folder(course)
    try:
        place.mkdir(exist_ok=True)
        # Progress is personal, so version control must ignore it.
        (place / ".gitignore").write_text("*\n", encoding="utf-8")
        data = msgspec.json.format(msgspec.json.encode(progress), indent=1)
        write(place / "progress.json", data + b"\n")
    except OSError as error:
        return f"Your progress is not remembered: {place} cannot be written ({error.strerror})."
    return ""
