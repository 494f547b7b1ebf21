"""Slopes are measured on every branch of a function, and off its kinks."""

from __future__ import annotations

import math

import numpy as np

from grader.numerics import differences
from grader.numerics.points import branches, moved


def test_points_are_moved_off_a_kink_and_only_those() -> None:
    def measure(x: np.ndarray) -> differences.Slope:
        return differences.elementwise(lambda z: np.maximum(0, z), x)

    point = moved(measure, np.array([0.0, 2.0]))
    assert point is not None
    assert point[0] != 0.0
    assert point[1] == 2.0
    assert moved(measure, np.array([1.0, 2.0])) is None
    assert moved(lambda x: differences.elementwise(np.floor, np.floor(x)), np.array([1.0])) is None


def test_every_kink_is_looked_at_itself_and_from_both_sides() -> None:
    assert branches((2.0,)).tolist() == [2.0, 2.0 - 1e-8, 2.0 + 1e-8, 1.0, 3.0]
    assert branches(()).tolist() == []


def test_around_zero_the_least_numbers_and_minus_zero_are_looked_at_too() -> None:
    found = branches((0.0,)).tolist()
    assert found == [0.0, -0.0, 5e-324, -5e-324, -1e-8, 1e-8, -1.0, 1.0]
    assert [math.copysign(1, x) for x in found[:2]] == [1, -1]


def test_a_coordinate_is_moved_where_one_entry_of_its_column_is_not_certain() -> None:
    def measure(x: np.ndarray) -> differences.Slope:
        return differences.jacobian(lambda z: np.array([z[0] + z[1], np.abs(z[1])]), x)

    point = moved(measure, np.array([1.0, 0.0]))
    assert point is not None
    assert (point[0], point[1] != 0.0) == (1.0, True)
