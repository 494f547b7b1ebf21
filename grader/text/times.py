"""Parse points in time."""

from __future__ import annotations

from datetime import datetime

from grader.errors import UsageError


def moment(text: str, *, what: str) -> datetime:
    """Return a point in time; raises `UsageError` with `what` if it is invalid or has no time zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{what} is {text!r}; expected a time such as 2026-03-01T23:59+01:00.") from error
    if found.tzinfo is None:
        raise UsageError(f"{what} is {text!r}, without a time zone; expected such as 2026-03-01T23:59+01:00.")
    return found
