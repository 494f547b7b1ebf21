"""Ticks are round numbers, paths are short, and a line keeps the points at which it turns."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.report.plot.axes import Scale, Tick, corners, path, powers, round_numbers, widened


def test_paths_are_relative_and_do_not_drift():
    assert path([(0, 1), (0.54, 1.54), (2, 0.04)]) == "M0 1l.5 .5 1.5-1.5"
    assert path([(3, 4)]) == "M3 4l0 0"


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_ticks_are_three_to_seven_round_numbers(low, span):
    high = low + span
    if high - low < 1e-9 * abs(low):
        return
    for outward in (False, True):
        ticks = round_numbers(low, high, outward=outward)
        assert 3 <= len(ticks) <= 7
    assert ticks[0] <= low + 1e-6 * span
    assert ticks[-1] >= high - 1e-6 * span


def test_a_straight_line_has_two_corners_and_a_kink_one_more():
    line = [(float(x), abs(x - 4.0)) for x in range(9)]
    assert corners(line[:5]) == [line[0], line[4]]
    assert corners(line) == [line[0], line[4], line[8]]
    assert corners(line[:1]) == line[:1] * 2


@given(st.lists(st.tuples(st.floats(0.1, 9), st.floats(0, 200)), min_size=2, max_size=60))
def test_a_line_through_its_corners_passes_every_point_close_by(steps):
    x = np.cumsum([step for step, _ in steps])
    points = [(float(a), y) for a, (_, y) in zip(x, steps, strict=True)]
    kept = corners(points)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert set(kept) <= set(points)
    between = np.interp(x, [a for a, _ in kept], [b for _, b in kept])
    assert np.abs(between - [y for _, y in points]).max() <= 0.1501


def test_points_one_above_the_other_are_corners():
    assert corners([(0.0, 0.0), (1.0, 0.0), (1.0, 5.0), (2.0, 5.0)]) == [
        (0.0, 0.0),
        (1.0, 0.0),
        (1.0, 5.0),
        (2.0, 5.0),
    ]


def test_a_range_without_width_is_widened_around_its_number() -> None:
    assert [widened(*pair) for pair in ((0.0, 1.0), (4.0, 4.0), (-4.0, -4.0), (0.0, 0.0), (0.0, 5e-324))] == [
        *((0.0, 1.0), (2.0, 6.0), (-6.0, -2.0), (-1.0, 1.0), (-1.0, 1.0)),
    ]


def test_powers_of_ten_are_left_out_evenly_where_there_is_no_room() -> None:
    assert powers(-3, 0, Scale(-3, 0, 0, 30)) == [
        *(Tick(0, "10⁻³"), Tick(10, "10⁻²"), Tick(20, "10⁻¹"), Tick(30, "10⁰")),
    ]
    assert [tick.text for tick in powers(-16, 1, Scale(-16, 1, 0, 170))] == [
        *("10⁻¹⁵", "10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "10⁰"),
    ]
