"""Sentences about an exercise for tools that show plain text."""

from __future__ import annotations

from typing import Final

from grader.results import JUDGED, ExerciseResult
from grader.text.escape import visible
from grader.text.numbers import points_text
from grader.text.wording import exercise_status, fault_sentence, repair_sentences

_CHARS: Final = 4000


def explained(exercise: ExerciseResult) -> list[str]:
    """Return sentences on the whole exercise: why it stopped, the likely cause, changes of points."""
    stopped = exercise.status not in ("passed", *JUDGED)
    found = [fault_sentence(exercise) or exercise_status(exercise).word] if stopped else []
    found += [f"Likely cause: {exercise.diagnosis.message}"] if exercise.diagnosis else []
    found += repair_sentences(exercise)
    found += [f"{points_text(exercise.open_points)} of its points are open."] if exercise.open_points else []
    return [short(f"{exercise.slug}: {text}") for text in [*found, *exercise.remarks]]


def short(text: str) -> str:
    """Return at most 4000 characters of `text`, without control characters."""
    return visible(text)[:_CHARS]
