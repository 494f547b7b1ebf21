"""Answers of several parts beside the expected ones: keys have no order, and messages name the part."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader.compare import aligned, differ, unlike

NUMBERS = st.floats(-9, 9)
TREES = st.recursive(
    NUMBERS, lambda t: st.lists(t, max_size=3) | st.dictionaries(st.sampled_from("abcd"), t, max_size=4)
)


def turned(value: object) -> object:
    """Return the value with every dictionary in reverse order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in value] if isinstance(value, list) else value


@given(TREES)
def test_the_order_of_keys_never_matters(value: object) -> None:
    assert repr(aligned(turned(value), value)) == repr(value)
    assert differ(turned(value), value, None) is None


def test_each_key_is_compared_with_its_own() -> None:
    expected = {"W": np.array([1.0, 2.0]), "b": np.array([3.0])}
    found = differ({"b": np.array([3.0]), "W": np.array([1.0, 5.0])}, expected, [0.0, 0.0])
    assert found is not None
    assert (found.where, found.wrong is not None and found.wrong.tolist()) == (' under "W"', [False, True])


def test_tuples_inside_stay_tuples() -> None:
    assert aligned(({"b": 1, "a": 2}, 3), ({"a": 0, "b": 0}, 0)) == ({"a": 2, "b": 1}, 3)


def test_a_missing_return_is_told_for_the_whole_answer_alone() -> None:
    whole, part = unlike(None, 1.0), unlike((1.0, None), (1.0, 2.0))
    assert whole is not None
    assert part is not None
    assert whole.message == "Your function returned None. A return statement may be missing."
    assert part.message == "You returned None; expected a float in item 1."
