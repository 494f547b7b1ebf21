"""Frequent slips of a graded class that no known mistake covers, each ready to become one."""

from __future__ import annotations

import keyword
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from grader.classroom.actions import open_book
from grader.gradebook import records
from grader.results import ExerciseResult, Repair

_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class Suggestion:
    """A slip that several students made, with the repair of the first of them."""

    slug: str
    students: tuple[str, ...]
    repair: Repair
    caught_by: str
    """The kind of the first check that fails for them."""

    @property
    def draft(self) -> str:
        """The slip as a known mistake for the exercise's authored file."""
        name = _name(self.repair.kind)
        *helpers, function = self.repair.code.split("\n\n")
        code = re.sub(rf"^def {re.escape(self.slug)}\b", f"def {name}", function)
        head, _, body = code.partition("\n")
        sentence = (
            " ".join([*(place.sentence for place in self.repair.where), *self.repair.what])
            .replace("\\", "")
            .replace('"', "'")
        )
        told = f'    """{sentence}"""'
        mistake = f"@exercise.mistake(caught_by=checks.{self.caught_by})"
        return "\n\n\n".join([*helpers, "\n".join([mistake, head, told, body])]) + "\n"


def suggestions(out: Path, *, least: int = 2, gradebook: str = "") -> list[Suggestion]:
    """Return the slips of at least so many students, the most frequent first.

    Raises `UsageError` if the folder holds no graded class.
    """
    groups: dict[tuple[str, str], list[tuple[str, ExerciseResult]]] = defaultdict(list)
    with open_book(out, gradebook) as book:
        for record in records(book):
            for exercise in record.result.exercises:
                if exercise.repair and not exercise.diagnosis:
                    groups[exercise.slug, exercise.repair.kind].append((record.student, exercise))
    found = [_suggestion(slug, group) for (slug, _), group in groups.items() if len(group) >= least]
    return sorted(found, key=lambda one: (-len(one.students), one.slug, one.repair.kind))


def _suggestion(slug: str, group: list[tuple[str, ExerciseResult]]) -> Suggestion:
    first = group[0][1]
    assert first.repair
    failed = (check.name for check in first.checks if check.status == "failed" and not check.advice)
    check = re.sub(r"_\d+$", "", next(failed, "matches_reference"))
    return Suggestion(slug, tuple(student for student, _ in group), first.repair, check)


def _name(kind: str) -> str:
    """Return the kind of a slip as the name of a function."""
    name = _WORD.sub("_", kind).strip("_").lower() or "slip"
    return f"_{name}" if name[0].isdigit() or keyword.iskeyword(name) else name
