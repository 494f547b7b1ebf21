"""Checks on values tell which number is wrong, and pass every right one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.judging import answers, cases, judged, task, told

from grader import arrays, checks
from grader.checks import Check

ROWS = cases(rows=np.array([[0.25, 0.75], [0.5, 0.5]]))
PASSED = ("passed", "")
NAN = np.nan


def identity(z: Any) -> Any:
    return np.array(z)


def filled(value: float, *, at: tuple[int, ...] = (0, 1)) -> Any:
    def f(z: Any) -> Any:
        changed = np.array(z)
        changed[at] = value
        return changed

    return f


ALL = [
    checks.matches_reference(),
    checks.within(0, 1),
    checks.non_negative(),
    checks.finite(),
    checks.sums_to_one(),
    checks.sums_to(1.0),
]


@pytest.mark.parametrize("check", ALL, ids=lambda c: c.kind.name)
def test_the_right_values_pass(check: Check) -> None:
    assert told(task(identity, check, inputs=ROWS), identity) == PASSED


@pytest.mark.parametrize("check", ALL, ids=lambda c: c.kind.name)
def test_a_wrong_shape_fails_every_check_of_values(check: Check) -> None:
    message = "Your output has shape (4,); expected (2, 2)."
    assert told(task(identity, check, inputs=ROWS), np.ravel) == ("failed", message)


@pytest.mark.parametrize(
    ("check", "value", "message"),
    [
        (
            checks.matches_reference(),
            0.5,
            "1 of 4 values differs; the largest difference is 0.25, at row 0, column 1.",
        ),
        (checks.matches_reference(), NAN, "1 of 4 values is nan; expected 0.75 at row 0, column 1."),
        (checks.within(0, 1), 1.5, "A value is 1.5; expected all of them between 0 and 1."),
        (checks.within(-1, 1), -2.0, "A value is −2; expected all of them between −1 and 1."),
        (checks.within(0, 1), NAN, "A value is nan; expected all of them between 0 and 1."),
        (checks.non_negative(), -1e-9, "A value is −1e−9; expected none below 0."),
        (checks.non_negative(), NAN, "A value is nan; expected none below 0."),
        (checks.finite(), -np.inf, "1 of 4 values is nan or inf; expected finite numbers."),
        (checks.sums_to_one(), 1.0, "Row 0 sums to 1.25; expected 1."),
        (checks.sums_to_one(), NAN, "Row 0 sums to nan; expected 1."),
        (checks.sums_to(1.0, axis=-1), 0.8, "Row 0 sums to 1.05; expected 1."),
    ],
)
def test_a_wrong_value_is_named(check: Check, value: float, message: str) -> None:
    assert told(task(identity, check, inputs=ROWS), filled(value)) == ("failed", message)


@pytest.mark.parametrize("check", [checks.within(0, 1), checks.non_negative(), checks.finite()])
def test_bounds_hold_for_booleans_and_whole_numbers(check: Check) -> None:
    one = task(lambda z: z * 0.0, check, inputs=ROWS)
    assert told(one, lambda z: z > 2) == PASSED
    assert told(one, lambda z: np.zeros(z.shape, dtype=np.uint8)) == PASSED


def test_a_bound_allows_rounding_and_no_more() -> None:
    one = task(identity, checks.within(0, 1), inputs=ROWS)
    assert told(one, filled(1 + 2**-52)) == PASSED
    assert told(one, filled(1 + 1e-12)) == (
        "failed",
        "A value is 1.000000000001; expected all of them between 0 and 1.",
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (0.29999, "A value is 0.29999; expected all of them between 0.3 and 0.75."),
        (0.7500001, "A value is 0.7500001; expected all of them between 0.3 and 0.75."),
        (1e-9, "A value is 1e−9; expected all of them between 0.3 and 0.75."),
    ],
)
def test_a_value_just_outside_looks_different_from_the_bound_it_breaks(value: float, message: str) -> None:
    one = task(identity, checks.within(0.3, 0.75), inputs=cases(one=np.array([[0.5, 0.5]])))
    assert told(one, filled(value)) == ("failed", message)


def test_a_sum_just_off_looks_different_from_the_total() -> None:
    one = task(identity, checks.sums_to_one(), inputs=ROWS)
    assert told(one, filled(0.75 + 1e-7)) == ("failed", "Row 0 sums to 1.0000001; expected 1.")
    one = task(identity, checks.sums_to(-1.0), inputs=cases(one=np.full((1, 2), -0.5)))
    assert told(one, filled(-0.50001)) == ("failed", "Row 0 sums to −1.00001; expected −1.")


@pytest.mark.parametrize(
    ("shape", "axis", "message"),
    [
        ((4,), 0, "The output sums to 2; expected 1."),
        ((1, 4), -1, "Row 0 sums to 2; expected 1."),
        ((4, 1), 0, "Column 0 sums to 2; expected 1."),
        ((4, 1), -2, "Column 0 sums to 2; expected 1."),
        ((1, 1, 4), 2, "The values at [0, 0, :] sum to 2; expected 1."),
    ],
)
def test_the_line_that_does_not_sum_is_named(shape: tuple[int, ...], axis: int, message: str) -> None:
    one = task(identity, checks.sums_to_one(axis), inputs=cases(one=np.full(shape, 0.25)))
    assert told(one, identity) == PASSED
    assert told(one, lambda z: 2 * z) == ("failed", message)


@pytest.mark.parametrize(
    ("axis", "place"),
    [(-1, "[1, 2, :]"), (2, "[1, 2, :]"), (1, "[1, :, 1]"), (-2, "[1, :, 1]"), (0, "[:, 2, 1]")],
)
def test_the_values_that_do_not_sum_are_found_where_the_message_says(axis: int, place: str) -> None:
    one = task(identity, checks.sums_to(0.0, axis), inputs=cases(one=np.zeros((2, 3, 2))))
    message = f"The values at {place} sum to 1.2; expected 0."
    assert told(one, filled(1.2, at=(1, 2, 1))) == ("failed", message)


def test_a_sum_of_opposite_infinities_is_a_failure_and_no_warning() -> None:
    one = task(identity, checks.sums_to(0.0), inputs=cases(one=np.zeros((1, 2))))
    message = "Row 0 sums to nan; expected 0."
    assert told(one, lambda z: np.add(z, [[np.inf, -np.inf]])) == ("failed", message)


def test_many_small_terms_may_round_when_they_sum() -> None:
    one = task(identity, checks.sums_to_one(), inputs=cases(one=np.full((1, 1000), 1e-3)))
    assert told(one, identity) == PASSED


def test_float32_input_is_judged_with_its_own_rounding() -> None:
    third = np.array([[1 / 3, 2 / 3]], dtype=np.float32)
    one = task(identity, checks.sums_to_one(), inputs=cases(one=third))
    assert told(one, lambda z: z + np.float32(1e-7)) == PASSED
    assert told(one, lambda z: z + np.float32(1e-4)) == ("failed", "Row 0 sums to 1.0002; expected 1.")


def clipped(z: Any) -> Any:
    return np.clip(z, -10, 10)


def overflowing(z: Any) -> Any:
    return np.where(np.abs(z) > 700, NAN, np.clip(z, -10, 10))


def test_extremes_are_judged_where_inputs_are_small() -> None:
    one = task(clipped, checks.stable_at(1e3, -1e3), inputs=arrays(ndim=2))
    assert told(one, clipped) == PASSED
    message = "3 of 3 values are nan; expected 10 at row 0, column 0."
    result = judged(one, overflowing)
    assert (result.status, result.message, result.case) == ("failed", message, "about 1000")
    assert one.checks[0].check.title == "Right for inputs as large as 1000 and −1000"


@pytest.mark.parametrize("values", [(1e3, -1e3), (-1e3, 1e3)])
def test_the_names_of_extreme_cases_tell_their_numbers(values: tuple[float, ...]) -> None:
    one = task(clipped, checks.stable_at(*values), inputs=arrays(ndim=2))
    given = {
        name: case.args[0].tolist() for name in one.checks[0].cases for case in one.cases if case.name == name
    }
    assert given == {
        "all 1000": [[1e3] * 3] * 2,
        "all −1000": [[-1e3] * 3] * 2,
        "1000 beside −1000": [[1e3, -1e3, 0.0], [-1e3, -1e3, 1e3]],
        "a row of 1000, a row of −1000": [[1e3] * 3, [-1e3] * 3],
        "about 1000": [[1001.0, 1002.0, 1003.0]],
        "3000 beside 0": [[3e3, 0.0, 1e3]],
    }


def test_numbers_near_the_largest_are_not_multiplied() -> None:
    one = task(clipped, checks.stable_at(1e308), inputs=arrays(ndim=2))
    assert one.checks[0].cases == ("all 1e308", "1e308 beside 1e308", "a row of 1e308, a row of 1e308")


@pytest.mark.parametrize("inputs", [arrays(), arrays("k")], ids=["any shape", "a vector"])
def test_elementwise_functions_have_one_extreme_case(inputs: Any) -> None:
    one = task(clipped, checks.stable_at(1e3, -1e3), inputs=inputs)
    assert one.checks[0].cases == ("1000, −1000 and 0",)
    assert answers(one, clipped)["1000, −1000 and 0"].value.tolist() == [10.0, -10.0, 0.0]
