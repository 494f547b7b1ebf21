"""Gradescope's results.json."""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from grader.exports.request import Request
from grader.exports.sentences import explained, short
from grader.report.redact import for_student
from grader.results import EARNED, CheckResult, ExerciseResult, Result
from grader.text.wording import check_status


def export(request: Request, to: BinaryIO) -> list[str]:
    """Write one student's results."""
    record = request.only("gradescope")
    to.write(msgspec.json.format(msgspec.json.encode(gradescope(record.result)), indent=1) + b"\n")
    return []


def gradescope(result: Result) -> dict[str, Any]:
    """Return the result in Gradescope's format, with all checks, skipped ones included.

    No test is hidden, because Gradescope would then hide the score. Details of hidden cases are left out
    instead.
    """
    seen = for_student(result)
    return {
        "score": seen.points,
        "output": "\n".join([*seen.notes, *(t for e in seen.exercises for t in explained(e))]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(f"{i}.{j}", exercise, check)
            for i, exercise in enumerate(seen.exercises, 1)
            for j, check in enumerate(exercise.checks, 1)
        ],
        "leaderboard": [],
        "extra_data": {"digest": seen.digest, "suite": seen.suite},
    }


def _test(number: str, exercise: ExerciseResult, check: CheckResult) -> dict[str, Any]:
    good = check.status in EARNED or check.advice
    return {
        "score": check.points,
        "max_score": check.max_points,
        "status": "passed" if good else "failed",
        "name": f"{exercise.slug}: {check.title}",
        "number": number,
        "output": short(f"{check_status(check).word}. {check.message}".strip()),
        "tags": [exercise.slug],
        "visibility": "visible",
    }
