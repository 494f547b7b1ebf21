"""Values become text that people read and calls that Python runs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.text.numbers import number
from grader.text.values import call_text, value_text, value_texts
from grader.worker.wire import Given, Opaque, Rng

M = number(-1)[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (-3, f"{M}3"),
        (0.25, "0.25"),
        (1j, "0+1j"),
        ("two\nlines\x1b\u202e", r"'two\nlines\x1b\u202e'"),
        ("a" * 100, f"'{'a' * 60}'… (100 characters)"),
        (np.float64(0.5), "0.5"),
        (np.float32(0.5), "0.5 (float32)"),
        (np.array(2), "2"),
        (np.array([[0.5, -1]]), f"array of shape (1, 2), float64: [[0.5, {M}1]]"),
        (np.zeros((0, 3)), "array of shape (0, 3), float64: []"),
        (np.arange(9), "array of shape (9,), int64: [0, 1, 2, 3, 4, 5, … 3 more]"),
        (np.arange(9).reshape(3, 3), "array of shape (3, 3), int64: [[0, 1, 2], [3, 4, 5], … 1 more]"),
        ([1, [2.0]], "[1, [2]]"),
        ((1,), "(1,)"),
        ((1, None), "(1, None)"),
        ({"W": np.array([1.0])}, "{'W': array of shape (1,), float64: [1]}"),
        (list(range(10)), "[0, 1, 2, 3, 4, 5, … 4 more]"),
        (Opaque("pandas.DataFrame"), "object of type pandas.DataFrame"),
        (Opaque("value too large"), "value too large"),
        (Given("loss"), "loss"),
        (Rng(7), "np.random.default_rng(7)"),
        (object(), "object of type object"),
    ],
)
def test_value_is_one_short_line(value, text):
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("yours", "expected", "texts"),
    [
        (0.25, 0.5, ("0.25", "0.5")),
        (1.00000001, 1.0, ("1.00000001", "1")),
        (
            np.array([0.1, 0.2 + 1e-6]),
            np.array([0.1, 0.2]),
            ("array of shape (2,), float64: [0.1, 0.200001]", "array of shape (2,), float64: [0.1, 0.2]"),
        ),
        (0.1, np.float64(0.1), ("0.1", "0.1")),
    ],
)
def test_values_that_look_alike_get_digits_until_they_differ(yours, expected, texts):
    assert value_texts(yours, expected) == texts


@given(hnp.arrays(st.sampled_from([float, int, bool, complex]), hnp.array_shapes(min_dims=0, min_side=0)))
def test_every_array_fits_a_line(array):
    text = value_text(array)
    assert len(text) <= 96
    assert "\n" not in text


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        ((np.array([[1000.0, 0.0]]),), {}, "softmax(np.array([[1000.0, 0.0]]))"),
        ((np.array([1], np.float32),), {"h": 1e-4}, "softmax(np.array([1.0], dtype=np.float32), h=0.0001)"),
        ((np.array([np.nan, -np.inf]),), {}, "softmax(np.array([np.nan, -np.inf]))"),
        ((np.array([True]), "x", None), {}, "softmax(np.array([True]), 'x', None)"),
        ((np.full((10, 10), 0.5),), {}, "softmax(np.full((10, 10), 0.5))"),
        ((np.full(101, np.nan),), {}, "softmax(np.full((101,), np.nan))"),
        ((np.full(101, 1, np.int8),), {}, "softmax(np.full((101,), 1, dtype=np.int8))"),
        ((np.linspace(-1, 3, 101),), {}, "softmax(np.linspace(-1.0, 3.0, 101))"),
        (
            (np.linspace(0, 1, 102).reshape(2, 51),),
            {},
            "softmax(np.linspace(0.0, 1.0, 102).reshape((2, 51)))",
        ),
        ((np.zeros((0, 2)),), {}, "softmax(np.zeros((0, 2)))"),
        ((np.zeros(0, int),), {}, "softmax(np.zeros((0,), dtype=int))"),
        ((np.zeros(0, np.float32),), {}, "softmax(np.zeros((0,), dtype=np.float32))"),
        ((Given("loss"), Rng(3)), {}, "softmax(loss, np.random.default_rng(3))"),
        (((1,), [2, 3.0], {"a": 1}), {}, "softmax((1,), [2, 3.0], {'a': 1})"),
        ((np.float32(0.1), np.bool_(True)), {}, "softmax(np.float32(0.1), np.bool_(True))"),
        ((1 + 2j, np.array(0.5)), {}, "softmax(complex(1.0, 2.0), np.array(0.5))"),
        ((Opaque("module"),), {}, "softmax(a1)\n# a1: object of type module"),
        (
            (np.arange(100),),
            {},
            "softmax(a1)\n# a1: int64 array of shape (100,), values from 0 to 99",
        ),
        (
            (np.arange(100) % 2 == 0,),
            {},
            "softmax(a1)\n# a1: bool array of shape (100,)",
        ),
        (
            (np.where(np.arange(100) % 2, np.nan, np.inf),),
            {},
            "softmax(a1)\n# a1: float64 array of shape (100,)",
        ),
        (
            (np.arange(24.0).reshape(3, 8),),
            {},
            "softmax(np.array([\n"
            "    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],\n"
            "    [8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0],\n"
            "    [16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0],\n"
            "]))",
        ),
        (
            (np.arange(24.0).reshape(3, 8), 2),
            {},
            "softmax(\n"
            "    np.array([\n"
            "        [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],\n"
            "        [8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0],\n"
            "        [16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0],\n"
            "    ]),\n"
            "    2,\n"
            ")",
        ),
    ],
)
def test_call_is_written_as_python(args, kwargs, text):
    assert call_text("softmax", args, kwargs) == text


@given(
    hnp.arrays(
        st.sampled_from(["bool", "int8", "int64", "uint16", "float32", "float64", "complex64", "complex128"]),
        hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
    ),
    st.one_of(st.floats(), st.integers(-9, 9), st.text(max_size=5), st.none(), st.booleans()),
)
def test_call_reproduces_its_arguments_to_the_bit(array, other):
    got = eval(call_text("dict", (), {"a": array, "b": other}), {"np": np})
    assert got["a"].dtype == array.dtype
    assert got["a"].shape == array.shape
    np.testing.assert_array_equal(got["a"], array)
    np.testing.assert_equal(got["b"], other)
