"""What an exercise is worth: each rule of deadlines, late days, attempts and changes by its consequence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.policy import Late, Rule
from grader.gradebook.policy_points import Adjustment, Mark, Standing, lateness, mark

DEADLINE = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)


def standing(points: float, number: int = 1, **more: object) -> Standing:
    values = {"attempt": number, "rank": number, "status": "failed", "points": points, "max_points": 10}
    return Standing(**(values | more))  # type: ignore[arg-type]  # fields by name


def after(**late: float) -> str:
    return (DEADLINE + timedelta(**late)).isoformat()


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        ("", (0, 0)),
        (after(seconds=0), (0, 0)),
        (after(minutes=15), (0, 0)),
        (after(minutes=15, seconds=1), (1, 10)),
        (after(days=1, minutes=15), (1, 10)),
        (after(days=1, minutes=16), (2, 20)),
        (after(days=6), (6, 50)),
        (after(days=7, minutes=16), (8, 100)),
    ],
)
def test_each_day_begun_after_the_grace_costs_up_to_the_most(
    submitted: str, expected: tuple[int, float]
) -> None:
    late = Late(grace_minutes=15, percent_per_day=10, most_percent=50, closed_after_days=7)
    one = standing(10, submitted=submitted)
    assert lateness(one, Rule(deadline=DEADLINE, late=late)) == expected


def test_a_mark_without_a_time_is_one_day_and_void_by_an_extension() -> None:
    rule = Rule(late=Late(percent_per_day=10))
    assert lateness(standing(10, late=True), rule) == (1, 10)
    own = Rule(late=Late(percent_per_day=10), deadline=DEADLINE, extended=True)
    assert lateness(standing(10, late=True), own) == (0, 0)


def test_lateness_is_told_to_the_student() -> None:
    rule = Rule(deadline=DEADLINE, late=Late(percent_per_day=12.5))
    found = mark([standing(8, submitted=after(days=1.5))], rule)
    assert found == Mark(attempt=1, attempts=1, earned=8, late_days=2, percent=25, points=6)
    assert found.remarks() == ["Handed in 2 days late: 25 % of 8 points taken."]


def test_nothing_is_said_to_be_taken_where_nothing_was_earned() -> None:
    rule = Rule(deadline=DEADLINE, late=Late(percent_per_day=15))
    late = [standing(0, status="missing", submitted=after(days=2.5))]
    assert (mark(late, rule).late_days, mark(late, rule).remarks()) == (3, [])


def test_the_best_attempt_is_the_best_after_lateness() -> None:
    rule = Rule(attempts="best", deadline=DEADLINE, late=Late(percent_per_day=50))
    tries = [standing(6, submitted=after()), standing(10, 2, submitted=after(hours=1))]
    assert mark(tries, rule) == Mark(attempt=1, attempts=2, earned=6, points=6)


@pytest.mark.parametrize("attempts", ["last", "best"])
@pytest.mark.parametrize("status", ["missing", "not_attempted"])
def test_an_attempt_without_the_exercise_does_not_hide_an_earlier_one(attempts: str, status: str) -> None:
    tries = [standing(6), standing(0, 2, status=status)]
    assert mark(tries, Rule(attempts=attempts)) == Mark(attempt=1, attempts=2, earned=6, points=6)  # type: ignore[arg-type]  # one of two


def test_an_adjustment_stands_above_lateness_and_attempts() -> None:
    own = Adjustment(points=7, reason="Agreed.")
    rule = Rule(deadline=DEADLINE, late=Late(percent_per_day=50))
    found = mark([standing(10, submitted=after(hours=1))], rule, own)
    expected = Mark(attempt=1, attempts=1, earned=10, late_days=1, percent=50, adjustment=own, points=7)
    assert found == expected
    assert found.remarks() == [
        "Handed in 1 day late: 50 % of 10 points taken.",
        "Your instructor set the points to 7: Agreed.",
    ]


standings = st.lists(
    st.builds(
        lambda points, days, status: (points, days, status),
        st.floats(0, 10),
        st.floats(-3, 30),
        st.sampled_from(["failed", "missing"]),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda rows: [
        standing(points, number + 1, status=status, submitted=after(days=days))
        for number, (points, days, status) in enumerate(rows)
    ]
)

rules = st.builds(
    lambda per_day, most, closed: Rule(
        deadline=DEADLINE,
        late=Late(percent_per_day=per_day, most_percent=most, closed_after_days=closed),
    ),
    st.floats(0, 100),
    st.floats(0, 100),
    st.none() | st.floats(0, 20),
)


@given(standings, rules)
def test_points_lie_between_none_and_what_was_earned(tries: list[Standing], rule: Rule) -> None:
    found = mark(tries, rule)
    assert 0 <= found.points <= found.earned + 1e-4
    assert found.earned in [one.points for one in tries]


@given(standings, rules)
def test_the_best_attempt_is_never_worse_than_the_last(tries: list[Standing], rule: Rule) -> None:
    best = Rule(deadline=rule.deadline, late=rule.late, attempts="best")
    assert mark(tries, best).points >= mark(tries, rule).points


@pytest.mark.parametrize(
    ("status", "points", "most", "now", "expected"),
    [
        ("failed", 4, 8, 2.25, 1.125),
        ("passed", 8, 8, 8, 8),
        ("failed", 1, 3, 1, 0.3333),
        ("failed", 1, 3, 0, 0),
        ("passed", 0, 0, 4, 4),
        ("failed", 0, 0, 4, 0),
    ],
)
def test_an_earlier_result_counts_by_its_share(
    status: str, points: float, most: float, now: float, expected: float
) -> None:
    one = Standing(attempt=1, rank=1, status=status, points=points, max_points=most)
    found = Standing(attempt=1, rank=1, status=status, points=expected, max_points=now)
    assert one.out_of(now) == found
