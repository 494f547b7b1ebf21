"""The export formats by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, Final

from grader.errors import UsageError
from grader.exports import canvas, csv_table, feedback, gradescope, json_document, junit, moodle, prairielearn
from grader.exports.request import Request

FORMATS: Final[Mapping[str, Callable[[Request, BinaryIO], list[str]]]] = {
    "csv": csv_table.export,
    "json": json_document.export,
    "canvas": canvas.export,
    "moodle": moodle.export,
    "junit": junit.export,
    "gradescope": gradescope.export,
    "prairielearn": prairielearn.export,
    "canvas-feedback": feedback.canvas,
    "moodle-feedback": feedback.moodle,
}


def export(format_: str, request: Request, to: BinaryIO) -> list[str]:
    """Write the file of a format and return a sentence for each student who is left out.

    Raises `UsageError` for a format that does not exist or that needs further options.
    """
    if format_ not in FORMATS:
        raise UsageError(f"There is no format {format_}; there is {', '.join(FORMATS)}.")
    return FORMATS[format_](request, to)
