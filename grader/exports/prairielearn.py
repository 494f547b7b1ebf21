"""PrairieLearn's external grader: results.json, at most 1 MB."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import msgspec

from grader.exports.request import Request
from grader.exports.sentences import explained, short
from grader.report.redact import for_student
from grader.results import CheckResult, ExerciseResult, Result
from grader.text.wording import check_status

_MOST_BYTES: Final = 1_000_000


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write one student's results."""
    record = request.only("prairielearn")
    to.write(encoded(prairielearn(record.result)))
    return []


def prairielearn(result: Result) -> dict[str, Any]:
    """Return the result in PrairieLearn's format; all tests have points, as it would else show none."""
    seen = for_student(result)
    score = seen.points / seen.max_points if seen.max_points else 1.0
    return {
        "gradable": True,
        "score": min(1.0, max(0.0, score)),
        "message": "",
        "output": "\n".join([*seen.notes, *(t for e in seen.exercises for t in explained(e))]),
        "format_errors": [],
        "images": [],
        "tests": [_test(exercise, check) for exercise in seen.exercises for check in exercise.checks],
    }


def _test(exercise: ExerciseResult, check: CheckResult) -> dict[str, Any]:
    return {
        "name": f"{exercise.slug}: {check.title}",
        "description": check.title,
        "points": check.points,
        "max_points": check.max_points,
        "message": short(f"{check_status(check).word}. {check.message}".strip()),
        "output": "",
        "images": [],
    }


def encoded(document: dict[str, Any]) -> bytes:
    """Return the document as JSON; if it is too large, texts are cut, but no test is left out."""
    data = msgspec.json.encode(document)
    room = 4000
    while len(data) > _MOST_BYTES and room:
        room //= 2
        tests = [{**test, "message": test["message"][:room]} for test in document["tests"]]
        data = msgspec.json.encode({**document, "output": document["output"][:room], "tests": tests})
    return data
