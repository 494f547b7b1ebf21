"""Words, icons and sentences for statuses, and texts for dates and names."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, NamedTuple

from grader.results import JUDGED, CheckResult, CheckStatus, ExerciseResult, ExerciseStatus, Result
from grader.text.numbers import plural, points_text


class Status(NamedTuple):
    """A status as an icon and a word; a colour alone would not suffice."""

    shape: str
    """Name of an icon in `icons.html.j2`, which also sets the colour."""
    word: str


PASSED: Final = Status("passed", "Passed")
PARTIAL: Final = Status("partial", "Partial")
ADVICE: Final = Status("advice", "Advice")
NOT_RUN: Final = Status("notrun", "Not run")

_CHECK: Final[dict[CheckStatus, Status]] = {
    "passed": PASSED,
    "failed": Status("failed", "Failed"),
    "inconclusive": Status("notrun", "Inconclusive"),
    "skipped": NOT_RUN,
    "undecided": Status("error", "Undecided"),
}
_EXERCISE: Final[dict[ExerciseStatus, Status]] = {
    "undecided": Status("error", "Undecided"),
    "missing": Status("notrun", "Not found"),
    "not_attempted": Status("notrun", "Not started"),
    "unreadable": Status("error", "File unreadable"),
    "syntax_error": Status("error", "Cannot be read"),
    "wrong_signature": Status("error", "Signature differs"),
    "crashed": Status("error", "Error"),
    "exited": Status("error", "Error"),
    "timed_out": Status("time", "Time limit"),
    "raised": Status("error", "Error"),
    "wrong_type": Status("failed", "Wrong type"),
    "failed": Status("failed", "Failed"),
    "passed": PASSED,
}
STATUSES: Final = tuple(dict.fromkeys([PASSED, PARTIAL, *_EXERCISE.values()]))
"""All statuses with which an exercise can be shown."""

_SENTENCE: Final[dict[ExerciseStatus, str]] = {
    "undecided": "The grader itself failed here. The open points are decided when this is graded again.",
    "missing": "No file of this submission defines {slug}. Check the file's name and the function's name.",
    "not_attempted": "{slug} is still as it was handed out. Replace its last line with your solution.",
    "unreadable": "The file could not be read, so nobody knows whether it defines {slug}.",
    "syntax_error": "Python cannot read the file, so none of its functions can be called.",
    "wrong_signature": "The arguments of {slug} differ from those it was handed out with.",
    "crashed": "Python stopped in the middle of a call.",
    "exited": "Your code ended Python itself. Remove calls of exit and quit.",
    "timed_out": "A call gave no result within the time limit. A loop may not end.",
    "raised": "A call of {slug} ended in an exception.",
    "wrong_type": "{slug} returned another type than expected.",
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HINTS: Final = ("where to look", "the idea", "a detail")


def check_status(check: CheckResult) -> Status:
    """Return the status of a check; failed advice costs no points and is shown as advice."""
    return ADVICE if check.advice and check.status == "failed" else _CHECK[check.status]


def exercise_status(exercise: ExerciseResult) -> Status:
    """Return the status of an exercise; one that failed with some points is partial."""
    partial = exercise.status in JUDGED and exercise.points > 0
    return PARTIAL if partial else _EXERCISE[exercise.status]


def fault_sentence(exercise: ExerciseResult) -> str:
    """Return a sentence on why an exercise has no verdict, or an empty text if it has one."""
    if exercise.error is not None and exercise.error.sentence:
        return exercise.error.sentence
    return _SENTENCE.get(exercise.status, "").format(slug=exercise.slug)


def repair_sentences(exercise: ExerciseResult) -> list[str]:
    """Return where a small change makes checks pass, and what else is told of it, as plain sentences."""
    repair = exercise.repair
    if not repair:
        return []
    line = f"{repair.file}, line" if repair.file != exercise.file else "Line"
    found = [f"{line} {place.line}: {place.sentence}" for place in repair.where] + repair.what
    if repair.change:
        lines = [f"{m} {text}" for c in repair.change for m, text in (("-", c.old), ("+", c.new)) if text]
        passes = "every check passes" if repair.is_full else "more checks pass"
        found.append("\n".join([f"With this change {passes}:", *lines]))
    return found


def scored(result: Result | ExerciseResult) -> str:
    """Return the points in words, such as `6 of 8 points, 2 open`."""
    text = f"{points_text(result.points)} of {plural(result.max_points, 'point')}"
    return f"{text}, {points_text(result.open_points)} open" if result.open_points else text


def lesson_name(lesson: str) -> str:
    """Return `Linear algebra` for `21_linear_algebra`."""
    words = re.sub(r"^\d+[_-]*", "", lesson).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def moment(iso: str) -> str:
    """Return `14 March 2026, 21:07 UTC+01:00` for an ISO 8601 time, and any other text unchanged."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M} {at:%Z}".rstrip()


def hint_label(position: int, count: int) -> str:
    """Return the heading of a hint, counted from 1: where to look, then the idea, then details."""
    name = f"Hint {position} of {count}" if count > 1 else "Hint"
    return f"{name}: {_HINTS[min(position, len(_HINTS)) - 1]}"


def listed(names: list[str], noun: str, *, most: int = 3) -> str:
    """Return `a, b and c`, or a count if there are more than `most`."""
    if len(names) > most:
        return plural(len(names), noun)
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def natural(name: str) -> list[tuple[int, str]]:
    """Return the sort key that puts `student-2` before `student-10`."""
    parts = re.split(r"([0-9]+)", name)
    return [(int(part), "") if part.isdigit() and part.isascii() else (-1, part.casefold()) for part in parts]
