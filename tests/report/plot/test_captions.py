"""What a picture says in words is true of the numbers in it."""

from __future__ import annotations

import numpy as np

from grader.report.plot.captions import observations
from grader.results import Curves

LINE = [i / 10 for i in range(11)]


def curves(yours: list[float | None], expected: list[float | None]) -> Curves:
    return Curves(title="t", x=LINE, yours=yours, expected=expected)


def test_sentences_name_ranges_and_the_largest_difference() -> None:
    assert observations(curves([2 * v for v in LINE], [*LINE])) == [
        "Your values lie between 0 and 2; expected values lie between 0 and 1.",
        "The curves are furthest apart at x = 1: you returned 2, expected 1.",
    ]


def test_equal_curves_say_so() -> None:
    assert (
        observations(curves([*LINE], [*LINE]))[-1] == "At the points drawn, both curves have the same values."
    )


def test_where_values_are_not_finite_is_said_first() -> None:
    yours = [None if v in (0.3, 0.9) else v for v in LINE]
    assert observations(curves(yours, [1.0] * 11))[:2] == [
        "Your values are not finite at 2 of 11 points, first at x = 0.3.",
        "Your values lie between 0 and 1; expected values lie at 1.",
    ]
    assert observations(curves([None] * 11, [*LINE])) == [
        "Your values are not finite at 11 of 11 points, first at x = 0."
    ]


def test_steps_are_counted_by_their_number() -> None:
    one = Curves(title="t", kind="steps", x=[1.0, 2.0, 3.0], yours=[3.0, 4.0, 5.0], expected=[3.0, 2.0, 1.0])
    assert observations(one)[1] == "The curves are furthest apart at step 3: you returned 5, expected 1."


def test_an_error_that_falls_and_grows_again_is_told_from_one_that_stays() -> None:
    x = [1e-6, 1e-4, 1e-2]
    one = Curves(title="t", kind="errors", x=x, yours=[0.25] * 3, expected=[1e-9, 1e-10, 1e-5])
    assert observations(one) == [
        "Your value stays 0.25 away from the measured slope: the error does not shrink with the step.",
        "The error of the expected value falls to 1e−10, at a step of 0.0001.",
        "Below that step, rounding makes it grow again.",
    ]


def paths(yours: list[tuple[float, float]], expected: list[tuple[float, float]]) -> list[str]:
    mine, theirs = np.array(yours, float).T.tolist(), np.array(expected, float).T.tolist()
    one = Curves(title="t", kind="path", x=mine[0], yours=mine[1], x_expected=theirs[0], expected=theirs[1])
    return observations(one)


def test_sentences_name_where_the_paths_part_and_where_they_end() -> None:
    end = "After 2 steps you stand at (3, 3), expected (2, 0)."
    assert paths([(0, 0), (1, 1), (3, 3)], [(0, 0), (1, 1), (2, 0)]) == [end]
    assert paths([(0, 0), (1, 2), (3, 3)], [(0, 0), (1, 1), (2, 0)]) == [
        "The paths part at step 1: you stand at (1, 2), expected (1, 1).",
        end,
    ]
