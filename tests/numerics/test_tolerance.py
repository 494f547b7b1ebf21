"""A right answer stands within its tolerance; nan, inf and whole numbers are compared exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.judging import QUICK

from grader.numerics.tolerance import signed, tolerance, unit_roundoff, wrong

U = 2.0**-53
floats = hnp.arrays("float64", hnp.array_shapes())
whole = st.integers(-(2**63), 2**63 - 1)


@pytest.mark.parametrize(
    ("values", "roundoff"),
    [
        ((), U),
        ((1, 2.0, "text", None, [1]), U),
        ((np.array([1]), np.array([True])), U),
        ((np.array([1.0]),), U),
        ((np.array([1.0]), np.array([1.0], np.float32)), 2.0**-24),
        ((np.float16(1),), 2.0**-11),
        ((np.array([1j], np.complex64),), 2.0**-24),
        ((np.longdouble(1),), U),
    ],
)
def test_the_least_precise_input_counts(values: tuple[object, ...], roundoff: float) -> None:
    assert unit_roundoff(*values) == roundoff


@pytest.mark.parametrize(
    ("exact", "options", "allowed"),
    [
        ([0.0, 0.5, -2.0], {}, [16 * U, 16 * U, 32 * U]),
        ([0.0, 2.0], {"scale": 0.0}, [0.0, 32 * U]),
        ([0.0, 2.0], {"condition": np.array([-3.0, 5.0])}, [28 * U, 52 * U]),
        ([1.0], {"condition": 2.0, "slack": 0.25}, [24 * U + 0.25]),
        ([np.nan, np.inf, -np.inf, 1e308], {"slack": 1.0}, [0.0, 0.0, 0.0, 16 * U * 1e308 + 1.0]),
        ([1.0], {"condition": np.inf}, [0.0]),
        ([3 + 4j], {}, [80 * U]),
        ([3, 1], {}, [48 * U, 16 * U]),
    ],
)
def test_the_allowance_grows_with_size_condition_and_slack(
    exact: list[complex], options: dict[str, float], allowed: list[float]
) -> None:
    assert tolerance(np.array(exact), roundoff=U, **options).tolist() == allowed


@QUICK
@given(floats)
def test_the_allowance_is_finite_in_the_shape_of_the_values(exact: np.ndarray) -> None:
    with np.errstate(all="ignore"):
        allowed = tolerance(exact, roundoff=U)
    assert (allowed.shape, bool(np.isfinite(allowed).all()), bool((allowed >= 0).all())) == (
        exact.shape,
        True,
        True,
    )


@QUICK
@given(floats, st.floats(0, 1e-9))
def test_no_array_is_wrong_beside_itself(exact: np.ndarray, allowed: float) -> None:
    assert not wrong(exact, exact, np.asarray(allowed)).any()


@QUICK
@given(whole, whole)
def test_whole_numbers_are_wrong_unless_equal(got: int, exact: int) -> None:
    assert wrong(np.asarray(got), np.asarray(exact), np.asarray(0.0)) == (got != exact)


@QUICK
@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.floats(1e-6, 1e3))
def test_numbers_are_wrong_when_further_apart_than_allowed(got: float, exact: float, allowed: float) -> None:
    gap = abs(Fraction(got) - Fraction(exact))
    found = bool(wrong(np.asarray(got), np.asarray(exact), np.asarray(allowed)))
    assert found == (gap > Fraction(allowed)) or abs(gap - Fraction(allowed)) < Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("got", "exact", "is_wrong"),
    [
        (np.nan, np.nan, False),
        (np.inf, np.inf, False),
        (np.inf, -np.inf, True),
        (np.nan, 1.0, True),
        (1.0, np.nan, True),
        (1e308, np.inf, True),
        (np.inf, 1e308, True),
        (-0.0, 0.0, False),
        (1 + 1e-3j, 1, True),
        (True, 1.0, False),
        (False, True, True),
    ],
)
def test_what_is_not_finite_equals_itself_alone(got: complex, exact: complex, is_wrong: bool) -> None:
    assert wrong(np.asarray(got), np.asarray(exact), np.asarray(1e-6)) == is_wrong


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "int64"])
def test_booleans_and_integers_can_be_subtracted_once_signed(dtype: str) -> None:
    values = signed(np.array([0, 1], dtype=dtype))
    assert (values - values[::-1]).tolist() == [-1.0, 1.0]


@pytest.mark.parametrize("dtype", ["float32", "complex128"])
def test_other_numbers_stay_as_they_are(dtype: str) -> None:
    values = np.array([0, 1], dtype=dtype)
    assert signed(values) is values
