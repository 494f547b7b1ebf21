"""Recorded values come back through JSON without losing a digit; anything else is refused."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.cases.value_json import from_json, to_json
from grader.errors import UsageError
from grader.worker.wire import DTYPES, Given, Opaque, Rng

longdoubles = st.tuples(st.floats(), st.floats(1, 2)).map(lambda p: np.longdouble(p[0]) / np.longdouble(p[1]))
shapes = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
arrays = hnp.arrays(st.sampled_from(sorted(DTYPES - {"longdouble"})), shapes)
long_arrays = hnp.arrays("longdouble", shapes, elements=longdoubles)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.binary(max_size=9),
    st.sets(
        st.integers(0, 9) | st.text(max_size=3) | st.tuples(st.integers(0, 3), st.booleans()), max_size=4
    ),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=9),
    st.text(max_size=9).map(Given),
    st.integers(0, 2**63 - 1).map(Rng),
    st.text(max_size=9).map(Opaque),
)
scalars = arrays.filter(lambda a: a.size > 0).map(lambda a: a.reshape(-1)[0]) | longdoubles
values = st.recursive(
    plain | arrays | long_arrays | scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(
            st.text(max_size=5) | st.integers(0, 9) | st.tuples(st.text(max_size=2)), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def same(one: Any, other: Any) -> bool:
    """Return whether two values are equal in type, form and every digit, signs of zeros included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    if isinstance(one, np.ndarray | np.generic | float | complex):
        left, right = np.asarray(one), np.asarray(other)
        return (left.dtype, left.shape) == (right.dtype, right.shape) and _equal(left, right)
    return bool(one == other)


def _equal(left: Any, right: Any) -> bool:
    if left.dtype.kind == "c":
        return _equal(left.real, right.real) and _equal(left.imag, right.imag)
    if left.dtype.kind != "f":
        return bool(np.array_equal(left, right))
    signs = np.where(np.isnan(left), False, np.signbit(left) != np.signbit(right))
    return bool(np.array_equal(left, right, equal_nan=True) and not signs.any())


def through(value: object) -> object:
    return from_json(msgspec.json.decode(msgspec.json.encode(to_json(value))))


@settings(deadline=None)
@given(values)
def test_every_value_of_the_wire_comes_back(value: object) -> None:
    assert same(through(value), value)


@pytest.mark.parametrize(
    "value",
    [
        *(float("nan"), float("inf"), -float("inf"), -0.0, complex(-0.0, float("nan")), 2**64 - 1, True),
        np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324]),
        np.array([complex(-0.0, -np.inf)]),
        np.array([1, 3], dtype=np.longdouble) / 3,
        np.longdouble(1) / 3,
        np.array([], dtype="uint8").reshape(0, 2),
        np.bool_(True),
        np.uint64(2**64 - 1),
        ({"W": [np.zeros(()), None]}, Given("identity"), Rng(3), Opaque("set")),
    ],
    ids=repr,
)
def test_the_odd_ones_come_back(value: object) -> None:
    assert same(through(value), value)


def test_the_form_is_as_documented() -> None:
    assert to_json((np.array([[0.5, -0.0]]), 1.5, 1 - 2j, {"a": np.int8(3)})) == {
        "tuple": [
            {"array": ["0x1.0000000000000p-1", "-0x0.0p+0"], "dtype": "float64", "shape": [1, 2]},
            {"number": "0x1.8000000000000p+0", "dtype": "float"},
            {"number": ["0x1.0000000000000p+0", "-0x1.0000000000000p+1"], "dtype": "complex"},
            {"dict": [["a", {"scalar": [3], "dtype": "int8", "shape": []}]]},
        ]
    }


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (object(), "A value of type object"),
        (np.array(["text"]), "An array of dtype <U4"),
        (np.array([None]), "An array of dtype object"),
        (np.zeros(1, dtype=">f8"), "An array of dtype >f8"),
    ],
)
def test_what_has_no_wire_form_cannot_be_recorded(value: object, what: str) -> None:
    with pytest.raises(UsageError) as caught:
        to_json([value])
    assert str(caught.value) == f"{what} cannot be recorded."


def _nested(depth: int) -> Any:
    data: Any = []
    for _ in range(depth):
        data = {"list": [data]}
    return data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (1.5, "a form that is not known"),
        ({"array": [1], "dtype": "int8"}, "a form that is not known"),
        ({"given": 3}, "a form that is not known"),
        ({"array": [1], "dtype": "object", "shape": [1]}, "dtype object"),
        (
            {"array": [1], "dtype": "int8", "shape": [2]},
            "cannot reshape array of size 1 into shape (2,)",
        ),
        ({"array": ["0x1p999"], "dtype": "float32", "shape": [1]}, "overflow encountered in cast"),
        (
            {"number": "0x1p9999", "dtype": "float"},
            "hexadecimal value too large to represent as a float",
        ),
        ({"number": ["0x1p0"], "dtype": "complex"}, "list index out of range"),
    ],
)
def test_a_damaged_record_is_refused_with_its_reason(data: object, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_json(data)
    assert str(caught.value) == f"A recorded value cannot be read: {reason}."


@pytest.mark.parametrize(
    "data", [_nested(100_000), {"dict": [[{"list": []}, 1]]}], ids=["deep", "list as key"]
)
def test_what_python_itself_refuses_is_refused_in_its_words(data: object) -> None:
    with pytest.raises(UsageError, match=r"^A recorded value cannot be read: .+\.$"):
        from_json(data)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["int8"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["array", "scalar", "number", "dtype", "shape", "dict", "tuple", "given", "rng"]),
            inner | st.sampled_from(sorted(DTYPES)),
            max_size=3,
        )
    ),
)


@settings(deadline=None)
@given(junk)
def test_junk_is_read_or_refused_and_never_breaks(data: object) -> None:
    try:
        value = from_json(data)
    except UsageError:
        return
    assert same(through(value), value)
