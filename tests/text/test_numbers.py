"""Numbers are short, honest about nan and inf, and differ in print where they differ in value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.text.numbers import MINUS, apart, number, pair, plural, points_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (-1.0, f"{MINUS}1"),
        (1000.0, "1000"),
        (12345.6, "12346"),
        (0.99508, "0.9951"),
        (0.000123456, "0.0001235"),
        (1e308, "1e308"),
        (-4.54e-5, f"{MINUS}4.54e{MINUS}5"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (float("-inf"), f"{MINUS}inf"),
        (-123456789, f"{MINUS}123456789"),
        (True, "True"),
        (np.bool_(False), "False"),
        (np.int8(-3), f"{MINUS}3"),
        (np.float32(0.1), "0.1"),
        (np.longdouble(2), "2"),
        (1 + 2j, "1+2j"),
        (-1 - 0.5j, f"{MINUS}1{MINUS}0.5j"),
        (complex("nan+infj"), "nan+infj"),
        (np.complex64(1j), "0+1j"),
    ],
)
def test_number_reads_as_expected(value, text):
    assert number(value) == text


@given(st.floats(-1e308, 1e308))
def test_four_digits_are_right_to_one_part_in_a_thousand(value):
    assert abs(float(number(value).replace(MINUS, "-")) - value) <= 5.0001e-4 * abs(value)


@given(st.floats(), st.floats())
def test_different_numbers_always_look_different(a, b):
    if a != b and not (np.isnan(a) and np.isnan(b)):
        assert len(set(pair(a, b))) == 2


def test_pair_takes_no_more_digits_than_needed():
    assert pair(0.300001, 0.3) == ("0.300001", "0.3")
    assert pair(1.0, 2.0) == ("1", "2")


def test_a_whole_number_and_a_fraction_are_written_in_one_way():
    assert pair(2_000_003, 2_000_002.0) == ("2000003", "2000002")
    assert pair(1.5, 2) == ("1.5", "2")


def test_numbers_that_are_told_apart_only_if_they_differ_stay_short_otherwise():
    assert apart(2.0, 2.0) == ("2", "2")
    assert apart(0.3, 0.300001) == ("0.3", "0.300001")


def test_equal_numbers_stay_equal():
    assert pair(-1.0, -1.0) == (f"{MINUS}1.0", f"{MINUS}1.0")


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (1, "value", "1 value"),
        (0, "point", "0 points"),
        (2.5, "point", "2.5 points"),
        (2, "class", "2 classes"),
        (1, "class", "1 class"),
    ],
)
def test_plural_follows_the_count(count, noun, text):
    assert plural(count, noun) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(138.9375, "138.94"), (146.25, "146.25"), (10.625, "10.63"), (1.005, "1.01"), (100, "100"), (0.0, "0")],
)
def test_points_are_rounded_as_people_round_them(value, text):
    assert (points_text(value), plural(value, "point")) == (text, f"{text} points")
