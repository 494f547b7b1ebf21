"""Every export format by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from grader.errors import UsageError
from grader.exports import canvas, document, feedback, gradescope, junit, moodle, prairielearn, table
from grader.exports.request import Export, Request

FORMATS: Final[Mapping[str, Callable[[Request], Export]]] = {
    "csv": table.export,
    "json": document.export,
    "canvas": canvas.export,
    "moodle": moodle.export,
    "junit": junit.export,
    "gradescope": gradescope.export,
    "prairielearn": prairielearn.export,
    "canvas-feedback": feedback.canvas,
    "moodle-feedback": feedback.moodle,
}


def export(format_: str, request: Request) -> Export:
    """Return the file of a format; raises `UsageError` for one that does not exist or asks for more."""
    if format_ not in FORMATS:
        raise UsageError(f"There is no format {format_}; there is {', '.join(FORMATS)}.")
    return FORMATS[format_](request)
