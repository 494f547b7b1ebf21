"""A submission's code beside its verdicts: the lines of each exercise, marked where verdicts point."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

import msgspec

from grader.results import ExerciseResult, Result
from grader.text.numbers import plural

UNKEPT: Final = "The code is not kept: it was handed in before sources were kept."
DAMAGED: Final = "The code is kept, but damaged: hand it in again and grade it with --force."
PAGE_BYTES: Final = 60_000
"""Most code of a page."""
LISTING_BYTES: Final = 16_000
"""Most code of a listing."""
_LINE_CHARS: Final = 300
_AROUND: Final = 8
"""Lines shown before and after a marked line of another file."""
_MENTIONED: Final = re.compile(r"\b[Ll]ine (\d{1,6})\b(?! of )")
_BREAK: Final = re.compile("\r\n|\r|\n")


class Code(msgspec.Struct, frozen=True):
    """The files of a student that a page may show."""

    files: dict[str, dict[str, bytes]]
    """By the submission's digest and the path; a submission that is damaged is absent."""
    digests: dict[str, str]
    """By exercise, the digest of the submission that counts; empty if its source is not kept."""


@dataclass(frozen=True)
class Row:
    """One line; `why` tells why it is marked."""

    number: int
    text: str
    why: str = ""


@dataclass(frozen=True)
class Listing:
    """Lines of one file."""

    path: str
    rows: list[Row]
    said: str = ""
    """What is left out, or why nothing is shown."""

    @property
    def place(self) -> str:
        """Which lines these are."""
        if not self.rows:
            return ""
        first, last = self.rows[0].number, self.rows[-1].number
        return f"line {first}" if first == last else f"lines {first} to {last}"


def wanted(exercise: ExerciseResult) -> set[str]:
    """Return the paths of the files to which an exercise's verdicts point."""
    others = [one.file for one in (exercise.error, exercise.repair) if one]
    return {path for path in (exercise.file, *others) if path}


def listings(result: Result, code: Code) -> tuple[dict[str, list[Listing]], list[Listing]]:
    """Return the listings of each exercise, and the whole files that hold several exercises."""
    budget = _Budget()
    holds = Counter((code.digests.get(e.slug, ""), e.file) for e in result.exercises)
    beside: dict[str, list[Listing]] = {}
    marks: dict[tuple[str, str], dict[int, list[str]]] = defaultdict(dict)
    for exercise in result.exercises:
        digest = code.digests.get(exercise.slug, "")
        files = code.files.get(digest)
        if not wanted(exercise):
            continue
        if files is None:
            beside[exercise.slug] = [Listing(exercise.file, [], DAMAGED if digest else UNKEPT)]
            continue
        its = _marks(exercise)
        for path, lines in its.items():
            for number, why in lines.items():
                marks[digest, path].setdefault(number, []).extend(f"{exercise.slug}: {one}" for one in why)
        is_shared = holds[digest, exercise.file] > 1
        beside[exercise.slug] = list(_beside(exercise, files, its, budget, is_shared=is_shared))
    whole = [
        _listing(path, _lines(code.files[digest][path]), marks[digest, path], budget)
        for (digest, path), count in holds.items()
        if count > 1 and path in code.files.get(digest, {})
    ]
    return beside, whole


@dataclass
class _Budget:
    """The bytes of code that a page may still show."""

    left: int = PAGE_BYTES

    def fitting(self, lines: Sequence[str]) -> int:
        """Return how many of these lines are shown, and take them from the budget."""
        sizes = accumulate(len(line.encode("utf-8", "replace")) + 1 for line in lines)
        fitting = list(takewhile(lambda size: size <= min(self.left, LISTING_BYTES), sizes))
        self.left -= fitting[-1] if fitting else 0
        return len(fitting)


def _beside(
    exercise: ExerciseResult,
    files: Mapping[str, bytes],
    marks: Mapping[str, Mapping[int, Sequence[str]]],
    budget: _Budget,
    *,
    is_shared: bool,
) -> Iterator[Listing]:
    for path in sorted(wanted(exercise), key=lambda path: path != exercise.file):
        if path not in files:
            continue
        lines, its = _lines(files[path]), marks.get(path, {})
        first, last = 0, len(lines)
        if path != exercise.file:
            first, last = max(min(its, default=1) - 1 - _AROUND, 0), max(its, default=1) + _AROUND
        elif is_shared or len(files[path]) > LISTING_BYTES:
            first, last = _span(lines, exercise.slug)
        yield _listing(path, lines[first:last], its, budget, first=first)


def _listing(
    path: str, lines: Sequence[str], marks: Mapping[int, Sequence[str]], budget: _Budget, *, first: int = 0
) -> Listing:
    cut = [line if len(line) <= _LINE_CHARS else f"{line[:_LINE_CHARS]} …" for line in lines]
    shown = budget.fitting(cut)
    rows = [
        Row(number, line, "; ".join(dict.fromkeys(marks.get(number, ()))))
        for number, line in enumerate(cut[:shown], first + 1)
    ]
    left = len(cut) - shown
    return Listing(path, rows, f"{plural(left, 'more line')} of {path} left out here." if left else "")


def _lines(data: bytes) -> list[str]:
    lines = _BREAK.split(data.decode("utf-8", "replace"))
    return lines[:-1] if lines[-1] == "" else lines


def _span(lines: Sequence[str], slug: str) -> tuple[int, int]:
    """Return the lines of the last definition of a function; all lines if it has another name."""
    name = re.escape(slug)
    begins = re.compile(rf"(?:async\s+)?def\s+{name}\b|class\s+{name}\b|{name}\s*=")
    found = [number for number, line in enumerate(lines) if begins.match(line)]
    if not found:
        return 0, len(lines)
    first = found[-1]
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or lines[last][:1] in " \t)]}#"):
        last += 1
    while lines[last - 1].strip() == "" or lines[last - 1].startswith("#"):
        last -= 1  # comments before the next definition
    while first and lines[first - 1].startswith("@"):
        first -= 1
    return first, last


def _marks(exercise: ExerciseResult) -> dict[str, dict[int, list[str]]]:
    """Return by file the lines to which verdicts point, and why."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    error, repair, diagnosis = exercise.error, exercise.repair, exercise.diagnosis
    if error and error.line:
        found[error.file or exercise.file][error.line].append(error.type)
    if repair:
        found[repair.file or exercise.file][repair.line].append("a small change here helps")
    said = [(check.title, check.sentence) for check in exercise.checks if check.status == "failed"]
    said += [("likely cause", f"{diagnosis.message} {diagnosis.evidence}")] if diagnosis else []
    for why, text in said:
        for number in _MENTIONED.findall(text):
            found[exercise.file][int(number)].append(why)
    return {path: dict(lines) for path, lines in found.items()}
