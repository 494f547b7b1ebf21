"""Every student is in one bar, whose bounds are short; medians and quartiles are those of the class."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.histogram import Bar, bars, middle, quartiles


def test_few_whole_points_have_a_bar_each():
    assert bars([0, 2, 2], 2) == [
        Bar(label="0", low=0, high=1, count=1),
        Bar(label="1", low=1, high=2, count=0),
        Bar(label="2", low=2, high=3, count=2),
    ]


@pytest.mark.parametrize("points", [[0.5], [100.0], [0.0], [3.0, 99.5]])
def test_other_points_share_ten_bars(points):
    made = bars(points, 100)
    assert len(made) == 10
    assert (made[0].label, made[-1].label) == ("0 to 10", "90 to 100")


@pytest.mark.parametrize(
    ("most", "count", "labels"),
    [
        (117, 10, ("0 to 12", "12 to 24", "108 to 117")),
        (172, 10, ("0 to 18", "18 to 36", "162 to 172")),
        (734.25, 10, ("0 to 74", "74 to 148", "666 to 734.25")),
        (8.5, 10, ("0 to 0.85", "0.85 to 1.7", "7.65 to 8.5")),
        (1020, 10, ("0 to 110", "110 to 220", "990 to 1020")),
    ],
)
def test_bounds_of_bars_are_short_and_said_as_they_are(most, count, labels):
    found = [bar.label for bar in bars([0.5], most)]
    assert (len(found), (found[0], found[1], found[-1])) == (count, labels)


@given(st.lists(st.floats(0, 1), min_size=1), st.floats(0, 1e6))
def test_every_student_is_in_exactly_one_bar(shares, most):
    points = [share * most for share in shares]
    made = bars(points, most)
    assert sum(bar.count for bar in made) == len(points)


def test_one_student_is_both_quartiles():
    assert quartiles([3.0]) == (3.0, 3.0)


def test_the_middle_of_counted_numbers_is_their_lower_median():
    assert middle({}) == 0
    assert middle({0.5: 1, 0.1: 1}) == 0.1
    assert middle({0.5: 3, 0.1: 1, 0.2: 1}) == 0.5
