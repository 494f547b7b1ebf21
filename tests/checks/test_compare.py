"""Two values are compared by type, then shape, then element, and the first difference is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.judging import QUICK
from support.tolerances import tolerances

from grader.checks.compare import Mismatch, describe, differ, unlike
from grader.worker.wire import Given, Opaque, Rng

A = np.array([1.0, 2.0])
plain = st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=3)
arrays = hnp.arrays(
    st.sampled_from(["bool", "uint8", "int64", "float64", "complex128"]), hnp.array_shapes(min_dims=0)
)
values = st.recursive(
    plain | arrays,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@QUICK
@given(values)
def test_every_value_is_alike_and_equal_to_itself(value: object) -> None:
    assert (unlike(value, value), differ(value, value)) == (None, None)


@QUICK
@given(values, values)
def test_no_pair_of_values_is_too_strange_to_compare(got: object, expected: object) -> None:
    found = unlike(got, expected)
    if found is None:
        differ(got, expected)
    else:
        assert (found.message[-1], found.kind in ("type", "shape")) == (".", True)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.float64(1), 1.0),
        (1, 2.0),
        (True, 2.0),
        (np.array(1.0), 2.0),
        (np.float32(1), np.array(2.0)),
        (1.0, 2j),
        (True, False),
        (np.bool_(True), False),
        (np.int8(1), 2),
        (np.array(1), 2),
        (A.astype(int), A),
        (A > 1, A),
        (A, A * 1j),
        (A, A.astype(int)),
        ("a", "b"),
        (None, None),
        ((A, [1]), (A, [2])),
        ({"a": 1, "b": 2}, {"b": 1, "a": 2}),
    ],
)
def test_values_of_one_form_are_alike(got: object, expected: object) -> None:
    assert unlike(got, expected) is None


@pytest.mark.parametrize(
    ("got", "expected", "message"),
    [
        (None, A, "Your function returned None. A return statement may be missing."),
        ([1.0, 2.0], A, "You returned a list; expected a NumPy array."),
        (1.0, A, "You returned a float; expected a NumPy array."),
        (A, 1.0, "You returned a NumPy array; expected a float."),
        (A, None, "You returned a NumPy array; expected None."),
        (1, "1", "You returned an int; expected a string."),
        ("1", 1, "You returned a string; expected an int."),
        (1.0, 1, "You returned a float; expected an int."),
        (np.array(1.5), 1, "You returned a number; expected an int."),
        (True, 1, "You returned a bool; expected an int."),
        (1, True, "You returned an int; expected a bool."),
        (1, np.bool_(True), "You returned an int; expected a bool."),
        ([A], (A,), "You returned a list; expected a tuple."),
        (A, (A, A), "You returned a NumPy array; expected a tuple."),
        (Opaque("list_iterator"), [1], "You returned an object of type list_iterator; expected a list."),
        (Given("f"), {}, "You returned an object of type Given; expected a dictionary."),
    ],
)
def test_another_type_is_told_as_a_beginner_would_name_it(
    got: object, expected: object, message: str
) -> None:
    found = unlike(got, expected)
    assert found is not None
    # From Python 3.13 on, `==` of dataclasses asks arrays for their truth.
    assert (found.message, found.kind, found.where, found.wrong, found.allowed) == (
        message,
        "type",
        "",
        None,
        None,
    )
    assert (found.got is got, found.expected is expected) == (True, True)


@pytest.mark.parametrize(
    ("got", "expected", "found"),
    [
        ((1, 2), (1, 2, 3), Mismatch("You returned 2 values; expected 3.", "type")),
        (
            (1, [1]),
            (1, [1, 2]),
            Mismatch("You returned 1 value in item 1; expected 2.", "type", " in item 1"),
        ),
        ({"a": 1}, {"a": 1, "b": 2, "c": 3}, Mismatch('Your dictionary lacks "b", "c".', "type")),
        ({"a": 1, "d": 1}, {"a": 1}, Mismatch('Your dictionary has "d" in addition.', "type")),
        ({"d": 1}, {"a": 1}, Mismatch('Your dictionary lacks "a" and has "d" in addition.', "type")),
        (2j, 1.0, Mismatch("You returned complex numbers; expected real ones.", "type")),
        (
            {"W": 1.0},
            {"W": None},
            Mismatch('You returned a float under "W"; expected None.', "type", ' under "W"', 1.0, None),
        ),
    ],
)
def test_a_container_of_another_form_is_told(got: object, expected: object, found: Mismatch) -> None:
    assert unlike(got, expected) == found


@pytest.mark.parametrize(
    ("got", "expected", "where"),
    [
        (A[:, None], A, ""),
        ((A, A[:, None]), (A, A), " in item 1"),
        ({"b": A[:, None]}, {"b": A}, ' under "b"'),
    ],
)
def test_another_shape_is_told_with_both_arrays(got: object, expected: object, where: str) -> None:
    found = unlike(got, expected)
    assert found is not None
    message = f"Your output has shape (2, 1){where}; expected (2,)."
    assert (found.message, found.kind, found.where) == (message, "shape", where)
    assert (np.shape(found.got), np.shape(found.expected)) == ((2, 1), (2,))


@pytest.mark.parametrize(
    ("got", "expected", "allowed"),
    [
        (A, A + 1e-9, 1e-8),
        (A, A + 1e-9, np.array([1e-8, 1e-8])),
        ((A, 1), (A + 1e-9, 1), [np.array([1e-8, 1e-8]), None]),
        ((A, 1), (A, 1), None),
        ("a", "a", None),
        (None, None, None),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf]), 1.0),
        (A > 1, np.array([0.0, 1.0]), None),
        (np.array([3], np.uint8), np.array([4]), 1.0),
        (2**62, 2**62, None),
    ],
)
def test_values_within_what_is_allowed_do_not_differ(got: object, expected: object, allowed: object) -> None:
    assert differ(got, expected, tolerances(expected, allowed)) is None


def shown(found: Mismatch | None) -> Any:
    assert found is not None
    assert found.wrong is not None
    assert found.allowed is not None
    return found.message, found.kind, found.where, found.wrong.tolist(), found.allowed.tolist()


@pytest.mark.parametrize(
    ("got", "expected", "allowed", "where", "wrong", "limit"),
    [
        (A, A + 1e-7, 1e-8, "", [True, True], 1e-8),
        (A, np.array([1.0, 3.0]), None, "", [False, True], 0.0),
        (A, np.array([1.0, 3.0]), np.array([0.5, 0.5]), "", [False, True], [0.5, 0.5]),
        ((A, 1), (A, 2), None, " in item 1", True, 0.0),
        ((A, 1), (A + 1, 2), [2.0, 0.5], " in item 1", True, 0.5),
        (np.array([0], np.uint8), np.array([1], np.uint8), None, "", [True], 0.0),
        (True, False, None, "", True, 0.0),
        (2**62 + 1, 2**62, None, "", True, 0.0),
        (2**63 - 1, -1, None, "", True, 0.0),
    ],
)
def test_the_first_part_that_differs_is_told(
    got: object, expected: object, allowed: object, where: str, wrong: object, limit: object
) -> None:
    assert shown(differ(got, expected, tolerances(expected, allowed))) == ("", "value", where, wrong, limit)


def test_other_text_is_told_as_text() -> None:
    found = differ({"a": 1, "b": "x"}, {"a": 1, "b": "y"})
    assert found == Mismatch("You returned 'x' under \"b\"; expected 'y'.", "value", ' under "b"')


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (A, "a NumPy array"),
        (np.array(1), "a number"),
        (None, "None"),
        (True, "a bool"),
        (np.bool_(True), "a bool"),
        (1, "an int"),
        (np.uint8(1), "an int"),
        (1.0, "a float"),
        (np.float16(1), "a float"),
        (1j, "a complex number"),
        (np.complex64(1), "a complex number"),
        ("", "a string"),
        ((), "a tuple"),
        ([], "a list"),
        ({}, "a dictionary"),
        (Opaque("Tree"), "an object of type Tree"),
        (2**64, "an int of more than 64 bits"),
        ({1}, "a set"),
        (b"", "bytes"),
        (Opaque("set with items that are not plain"), "a set with items that are not plain"),
        (Opaque("array of dtype object"), "an array of dtype object"),
        (Opaque("dict with keys that are not plain"), "a dict with keys that are not plain"),
        (
            Opaque("list with more than 10,000 parts, too much to be compared"),
            "a list with more than 10,000 parts, too much to be compared",
        ),
        (Rng(1), "an object of type Rng"),
    ],
)
def test_every_type_that_a_worker_can_send_has_words(value: object, words: str) -> None:
    assert describe(value) == words


def turned(value: object) -> object:
    """Return the value with every dictionary in reverse order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return type(value)(map(turned, value)) if isinstance(value, (list, tuple)) else value


@QUICK
@given(values)
def test_the_order_of_keys_never_matters(value: object) -> None:
    assert differ(turned(value), value) is None


def test_each_key_is_compared_with_its_own() -> None:
    expected = {"W": np.array([1.0, 2.0]), "b": np.array([3.0])}
    found = differ({"b": np.array([3.0]), "W": np.array([1.0, 5.0])}, expected)
    assert found is not None
    assert (found.where, found.wrong is not None and found.wrong.tolist()) == (' under "W"', [False, True])


def test_a_missing_return_is_told_for_the_whole_answer_alone() -> None:
    whole, part = unlike(None, 1.0), unlike((1.0, None), (1.0, 2.0))
    assert whole is not None
    assert part is not None
    assert whole.message == "Your function returned None. A return statement may be missing."
    assert part.message == "You returned None in item 1; expected a float."
