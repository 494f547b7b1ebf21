"""Checks on the form of an answer tell shapes and types apart before any value counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.judging import cases, judged, task, told

from grader import checks
from grader.checks import Check
from grader.results import Shapes

INPUTS = cases(column=np.array([[1.0], [2.0]]))
PASSED = ("passed", "")


def double(z: Any) -> Any:
    return 2.0 * z


@pytest.mark.parametrize(
    "check", [checks.matches_shape(), checks.preserves_shape()], ids=lambda c: c.kind.name
)
@pytest.mark.parametrize(
    ("given", "message"),
    [
        (np.ravel, "Your output has shape (2,); expected (2, 1)."),
        (np.sum, "You returned a float; expected a NumPy array."),
        (np.ndarray.tolist, "You returned a list; expected a NumPy array."),
        (lambda z: None, "Your function returned None. A return statement may be missing."),
        (lambda z: z * 1j, "You returned complex numbers; expected real ones."),
    ],
    ids=["vector", "scalar", "list", "none", "complex"],
)
def test_another_form_fails_with_both_forms_named(check: Check, given: Any, message: str) -> None:
    assert told(task(double, check, inputs=INPUTS), given) == ("failed", message)


@pytest.mark.parametrize(
    "check",
    [checks.matches_shape(), checks.preserves_shape(), checks.returns_floats()],
    ids=lambda c: c.kind.name,
)
def test_wrong_values_of_the_right_form_pass(check: Check) -> None:
    assert told(task(double, check, inputs=INPUTS), lambda z: z - 7) == PASSED


def test_a_shape_failure_shows_both_shapes() -> None:
    shown = Shapes(yours=[2], expected=[2, 1], yours_dtype="float64", expected_dtype="float64")
    assert judged(task(double, checks.matches_shape(), inputs=INPUTS), np.ravel).shapes == shown


def test_a_shape_that_is_not_the_inputs_fails_even_where_the_reference_has_it() -> None:
    message = "Your output has shape (2,); expected (2, 1)."
    assert told(task(np.ravel, checks.preserves_shape(), inputs=INPUTS), np.ravel) == ("failed", message)


@pytest.mark.parametrize("dtype", ["float16", "float32", "longdouble"])
def test_floats_of_every_width_are_floats(dtype: str) -> None:
    assert told(task(double, checks.returns_floats(), inputs=INPUTS), lambda z: z.astype(dtype)) == PASSED


@pytest.mark.parametrize("dtype", ["int64", "bool", "uint8"])
def test_whole_numbers_and_booleans_are_no_floats(dtype: str) -> None:
    message = f"Your output has dtype {dtype}; expected a floating-point dtype."
    one = task(double, checks.returns_floats(), inputs=INPUTS)
    assert told(one, lambda z: z.astype(dtype)) == ("failed", message)


def test_each_of_several_values_must_be_floats() -> None:
    one = task(lambda z: (z, z), checks.returns_floats(), inputs=INPUTS)
    message = "Your output in item 1 has dtype int64; expected a floating-point dtype."
    assert told(one, lambda z: (z, z.astype(int))) == ("failed", message)


def test_only_booleans_are_booleans() -> None:
    one = task(lambda z: z > 0, checks.returns_booleans(), inputs=INPUTS)
    assert told(one, lambda z: z < 0) == PASSED
    for dtype in ("float64", "int64", "uint8"):
        message = f"Your output has dtype {dtype}; expected dtype bool."
        assert told(one, lambda z, dtype=dtype: (z > 0).astype(dtype)) == ("failed", message)
