"""The numbers of a picture are plain, short and finite, or a break in the line."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from grader.numerics.series import finite, line, look_alike, series

LARGEST = np.finfo(np.longdouble).max


def test_only_a_vector_of_real_numbers_is_a_line() -> None:
    for value in (np.array([1, 2]), np.array([True, False]), np.array([0.5], np.float32)):
        found = line(value)
        assert found is not None
        assert (found.dtype, found.tolist()) == (np.float64, [float(v) for v in value])
    for value in (np.ones((2, 2)), np.array(1.0), np.array([1j]), np.array(["a"]), [1.0], 1.0, None):
        assert line(value) is None


@pytest.mark.skipif(sys.float_info.max >= LARGEST, reason="here a long double is no wider than a float")
def test_a_long_double_too_large_for_a_float_is_a_break_and_no_warning() -> None:
    found = line(np.array([LARGEST, 1]))  # warnings are errors in all tests
    assert found is not None
    assert series(found) == [None, 1.0]


def test_numbers_are_as_precise_as_an_eye_needs_and_breaks_are_left_out() -> None:
    values = series(np.array([1 / 3, np.nan, 123456789.0, -np.inf, -0.25]))
    assert values == [0.333333, None, 123457000.0, None, -0.25]
    assert finite(values) == [0.333333, 123457000.0, -0.25]


@pytest.mark.parametrize(
    ("got", "expected", "alike"),
    [
        ([0.0, 100.0], [0.05, 100.0], True),
        ([0.0, 100.0], [0.2, 100.0], False),
        ([5.0005], [5.0], True),
        ([5.002], [5.0], False),
        ([np.nan, 1.0], [np.nan, 1.0], False),
        ([], [], True),
    ],
    ids=["within a pixel", "more than a pixel", "a level line", "off a level line", "nan", "nothing"],
)
def test_curves_look_alike_if_no_point_is_off_by_a_thousandth_of_the_range(
    got: list[float], expected: list[float], alike: bool
) -> None:
    assert look_alike(np.array(got), np.array(expected)) is alike
