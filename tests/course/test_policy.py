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
        (
            "atempts = 'best'",
            ": there is no key atempts; did you mean attempts? "
            "The keys are title, attempts, late, repairs, lessons, weights, seed.",
        ),
        ("attempts = 'first'", ': attempts is "first"; expected "last" or "best".'),
        ("title = 5", ": title is 5; expected a text."),
        (
            "[late]\nzoo = 1",
            ", late: there is no key zoo. "
            "The keys are grace_minutes, percent_per_day, most_percent, closed_after_days.",
        ),
        ("[late]\npercent_per_day = 101", ": late.percent_per_day is 101; expected a number from 0 to 100."),
        (
            "[late]\ngrace_minutes = '5'",
            ': late.grace_minutes is "5"; expected a number that is not negative.',
        ),
        (
            "[lessons.a]\nwieght = 2",
            ", lessons.a: there is no key wieght; did you mean weight? "
            "The keys are title, use, side_track, weight, deadline, attempts, late, repairs.",
        ),
        ("[lessons]\na = 2", ": lessons.a is 2; expected a table of keys."),
        ("weights = 2", ": weights is 2; expected a table of keys."),
        ("weights = [2]", ": weights is a list; expected a table of keys."),
        (
            "[lessons.a]\nweight = 1\n[lessons.b]\nweight = -1",
            ": lessons.b.weight is -1; expected a number from 0 to 1000.",
        ),
        ("[lessons.a]\nuse = 0", ": lessons.a.use is 0; expected true or false."),
        ("[weights]\na = 1\nb = nan", ": weights.b is nan; expected a number from 0 to 1000."),
        ("[weights]\na = inf", ": weights.a is inf; expected a number from 0 to 1000."),
        ("[weights]\na = '2'", ': weights.a is "2"; expected a number from 0 to 1000.'),
        ("[weights]\ntitle = true", ": weights.title is true; expected a number from 0 to 1000."),
        (
            '[lessons."a.b"]\nweight = {}',
            ": lessons.a.b.weight is a table; expected a number from 0 to 1000.",
        ),
        (
            "[lessons.a.late]\nmost_percent = 200",
            ": lessons.a.late.most_percent is 200; expected a number from 0 to 100.",
        ),
        (
            "[lessons.a.late]\nmost = 200",
            ", lessons.a.late: there is no key most. "
            "The keys are grace_minutes, percent_per_day, most_percent, closed_after_days.",
        ),
        *(
            (
                f"[lessons.a]\ndeadline = {found}",
                f": lessons.a.deadline is {shown}; "
                "expected a time with its zone, such as 2026-03-01T23:59:00+01:00.",
            )
            for found, shown in (
                ("2026-03-01T23:59:00", "2026-03-01T23:59:00"),
                ("2026-03-01", "2026-03-01"),
                ("'soon'", '"soon"'),
            )
        ),
    ],
)
def test_a_key_that_does_not_fit_is_named(toml: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        policy(tomllib.loads(toml))
    assert str(caught.value) == f"reference/course.toml{message}"
