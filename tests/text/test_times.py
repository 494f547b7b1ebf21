"""A point in time has a time zone, or is refused with what was meant by it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from grader.errors import UsageError
from grader.text.times import moment


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", "UNTIL is 'soon'; expected a time such as 2026-03-01T23:59+01:00."),
        (
            "2026-03-01T23:59",
            "UNTIL is '2026-03-01T23:59', without a time zone; expected such as 2026-03-01T23:59+01:00.",
        ),
    ],
)
def test_a_moment_without_time_zone_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        moment(text, what="UNTIL")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["2026-03-01T23:59+01:00", "2026-03-01T22:59Z", "2026-03-01 22:59:00+00:00", "20260301T225900Z"]
)
def test_one_moment_is_equal_however_it_is_written(text: str) -> None:
    assert moment(text, what="UNTIL") == datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
