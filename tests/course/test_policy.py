"""What course.toml may say, and that a key it cannot mean is named."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest

from grader.course.policy import Late, Lesson, Policy, Rule, policy
from grader.errors import UsageError

DEADLINE = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
WHOLE = """
title = "Course"
seed = 5
attempts = "best"
[late]
grace_minutes = 15
percent_per_day = 10
most_percent = 50
closed_after_days = 7
[lessons.01_small]
title = "Small"
use = false
weight = 2
deadline = 2026-03-01T23:59:00Z
attempts = "last"
late = { percent_per_day = 100 }
[weights]
twice = 0.5
"""


def test_every_documented_key_is_read() -> None:
    late = Late(grace_minutes=15, percent_per_day=10, most_percent=50, closed_after_days=7)
    own = Late(percent_per_day=100)
    lesson = Lesson(title="Small", use=False, weight=2, deadline=DEADLINE, attempts="last", late=own)
    found = policy(tomllib.loads(WHOLE))
    assert found == Policy(
        title="Course", attempts="best", late=late, lessons={"01_small": lesson}, weights={"twice": 0.5}
    )
    assert (found.uses("01_small"), found.uses("02_other")) == (False, True)
    pairs = [(lesson, slug) for lesson in ("01_small", "02_other") for slug in ("twice", "thrice")]
    assert [found.weight(*pair) for pair in pairs] == [1, 2, 0.5, 1]
    assert found.lesson("01_small") == Rule(
        deadline=DEADLINE, attempts="last", late=Late(percent_per_day=100)
    )
    assert found.lesson("02_other") == Rule(attempts="best", late=late)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("atempts = 'best'", "reference/course.toml: there is no key `atempts`."),
        ("attempts = 'first'", "reference/course.toml, attempts: Invalid enum value 'first'."),
        ("[late]\nper_day = 1", "reference/course.toml, late: there is no key `per_day`."),
        (
            "[late]\npercent_per_day = 101",
            "reference/course.toml, late.percent_per_day: expected `float` <= 100.0.",
        ),
        (
            "[late]\ngrace_minutes = '5'",
            "reference/course.toml, late.grace_minutes: expected `float`, got `str`.",
        ),
        ("[lessons.a]\nwieght = 2", "reference/course.toml, lessons.a: there is no key `wieght`."),
        ("[lessons]\na = 2", "reference/course.toml, lessons.a: expected `object`, got `int`."),
        ("weights = 2", "reference/course.toml, weights: expected `object`, got `int`."),
        (
            "[lessons.a]\nweight = 1\n[lessons.b]\nweight = -1",
            "reference/course.toml, lessons.b.weight: expected `float` >= 0.0.",
        ),
        ("[lessons.a]\nuse = 0", "reference/course.toml, lessons.a.use: expected `bool`, got `int`."),
        ("[weights]\na = 1\nb = nan", "reference/course.toml, weights.b: expected `float` >= 0.0."),
        ("[weights]\na = inf", "reference/course.toml, weights.a: expected `float` <= 1000.0."),
        ("[weights]\na = '2'", "reference/course.toml, weights.a: expected `float`, got `str`."),
        (
            "[lessons.a]\ndeadline = 2026-03-01T23:59:00",
            "reference/course.toml, lessons.a.deadline: expected `datetime` with a timezone component.",
        ),
        (
            "[lessons.a]\ndeadline = 'soon'",
            "reference/course.toml, lessons.a.deadline: Invalid RFC3339 encoded datetime.",
        ),
    ],
)
def test_a_key_that_does_not_fit_is_named(toml: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        policy(tomllib.loads(toml))
    assert str(caught.value) == message
