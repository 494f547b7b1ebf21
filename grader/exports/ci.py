"""A result in the formats of CI systems: GitHub annotations, a Markdown summary, JUnit XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from grader.results import JUDGED, UNTOUCHED, CheckResult, ExerciseResult, Result
from grader.text.escape import visible
from grader.text.numbers import points_text
from grader.text.wording import check_status, exercise_status, fault_sentence, repair_sentences, scored

ANNOTATIONS = 10
"""Most annotations of one step that GitHub shows."""
_MESSAGE_CHARS = 4000
_MARKS = re.compile("`+")
_BAR = r"\|"


def github_annotations(result: Result, *, folder: Path = Path()) -> list[str]:
    """Return at most ten GitHub workflow commands; texts are escaped and cannot become commands."""
    return list(islice(_annotations(result, folder), ANNOTATIONS))


def _annotations(result: Result, folder: Path) -> Iterator[str]:
    for exercise in result.exercises:
        if exercise.status in ("passed", *UNTOUCHED):
            continue
        file, line = _place(exercise)
        place = {"file": (folder / file).as_posix()} if file else {}
        place |= {"line": str(line)} if line else {}
        place["title"] = f"{exercise.slug}: {exercise_status(exercise).word}"
        properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
        yield f"::error {properties}::{_data(_reason(exercise))}"


def _place(exercise: ExerciseResult) -> tuple[str, int | None]:
    """Return the file and the line to look at: that of the exception, else that of the repair."""
    error, repair = exercise.error, exercise.repair
    if repair and not (error and error.line):
        return repair.file, repair.line
    return (error.file if error else "") or exercise.file, error.line if error else None


def _reason(exercise: ExerciseResult) -> str:
    failed = [f"{c.title}: {c.sentence}" for c in exercise.checks if c.status == "failed" and not c.advice]
    cause = [f"Likely cause: {exercise.diagnosis.message}"] if exercise.diagnosis else []
    sentence = [] if exercise.status in JUDGED else [fault_sentence(exercise)]
    return visible("\n".join([*cause, *sentence, *repair_sentences(exercise), *failed]))[:_MESSAGE_CHARS]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def summary(result: Result) -> str:
    """Return the result as a Markdown table for GitHub's step summary."""
    rows = [_row(exercise) for exercise in result.exercises]
    head = f"## {scored(result)}\n\n"
    table = ["| Exercise | Status | Points | First thing to mend |", "|---|---|---|---|", *rows, ""]
    return head + "\n".join(table)


def _row(exercise: ExerciseResult) -> str:
    points = f"{points_text(exercise.points)} / {points_text(exercise.max_points)}"
    return f"| `{exercise.slug}` | {exercise_status(exercise).word} | {points} | {_code(_first(exercise))} |"


def _first(exercise: ExerciseResult) -> str:
    return _reason(exercise).partition("\n")[0] if exercise.status != "passed" else ""


def _code(text: str) -> str:
    """Return text as a code span of a Markdown table.

    In a code span nothing is markup: no HTML and no bare link such as `www.…`. GitHub and GitLab do not link
    `@name`, `#1` and hashes of commits there. Only the table's bar is escaped. The span's backticks are a
    longer run than any in the text.
    """
    if not text:
        return ""
    marks = "`" * (1 + max((len(run) for run in _MARKS.findall(text)), default=0))
    is_stripped = text[0] == text[-1] == " " and bool(text.strip(" "))
    pad = " " if is_stripped or "`" in (text[0], text[-1]) else ""
    return f"{marks}{pad}{text.replace('|', _BAR)}{pad}{marks}"


def junit(result: Result) -> str:
    """Return the result as JUnit XML for GitLab and Jenkins, with one test case per check."""
    return junit_document([junit_suite(result, name="grader")])


def junit_document(suites: Iterable[ElementTree.Element]) -> str:
    """Return test suites as one JUnit XML file."""
    root = ElementTree.Element("testsuites")
    root.extend(list(suites))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def junit_suite(result: Result, *, name: str, prefix: str = "") -> ElementTree.Element:
    """Return the result as one test suite; `prefix` makes the names unique among several suites."""
    cases = [(e, c) for e in result.exercises for c in e.checks]
    tags = [_tag(c) for _, c in cases]
    suite = ElementTree.Element(
        "testsuite",
        name=visible(name),
        tests=str(len(cases)),
        failures=str(tags.count("failure")),
        errors=str(tags.count("error")),
        time=f"{result.duration_s:.3f}",
    )
    for exercise, check in cases:
        suite.append(_case(exercise, check, visible(prefix)))
    return suite


def _case(exercise: ExerciseResult, check: CheckResult, prefix: str) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase",
        classname=f"{prefix}{exercise.slug}",
        name=f"{exercise.slug}-{check.name}",
        file=visible(exercise.file),
        time=f"{check.duration_s:.3f}",
    )
    tag = _tag(check)
    if tag:
        inner = ElementTree.SubElement(case, tag, message=check_status(check).word)
        inner.text = visible(f"{check.title}: {check.sentence}\n{check.call}".strip())
    return case


def _tag(check: CheckResult) -> str:
    if check.advice:
        return ""
    return {"failed": "failure", "undecided": "error", "skipped": "failure"}.get(check.status, "")
