"""The parts of a nested value are found in order, and named as a learner reads it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from support.judging import QUICK
from support.plain_values import values

from grader.cases.nested import inside, key_text, leaves, part, paths, place

PARAMS = ([1.0, {"W": "weights", 2: "two"}], {"a": {"b": ("deep",)}})


def test_leaves_tell_where_they_stand() -> None:
    value = (1, [2, {"W": 3, 4: None}], [], "text")
    assert list(leaves(value)) == [
        (" in item 0", 1),
        (" in item 1[0]", 2),
        (' in item 1[1]["W"]', 3),
        (" in item 1[1][4]", None),
        (" in item 3", "text"),
    ]


@QUICK
@given(values)
def test_every_path_leads_to_its_part_and_to_no_container(value: object) -> None:
    for path, leaf in paths(value):
        assert part(value, path) is leaf
        assert not isinstance(leaf, (tuple, list, dict))


@pytest.mark.parametrize(
    ("path", "leaf", "where"),
    [
        ((0, 0), 1.0, " in item 0[0]"),
        ((0, 1, "W"), "weights", ' in item 0[1]["W"]'),
        ((0, 1, 2), "two", " in item 0[1][2]"),
        ((1, "a", "b", 0), "deep", ' in item 1["a"]["b"][0]'),
    ],
)
def test_a_part_has_a_place(path: tuple[str | int, ...], leaf: object, where: str) -> None:
    assert (part(PARAMS, path), place(PARAMS, path)) == (leaf, where)


def test_the_whole_has_no_place_and_a_dictionary_begins_with_its_key() -> None:
    assert (place(np.zeros(3), ()), inside("", {"W": 1}, "W"), inside("", [1], 0)) == (
        "",
        ' under "W"',
        " in item 0",
    )


def test_a_key_as_long_as_a_book_is_cut() -> None:
    assert (key_text("k" * 60), key_text("k" * 61), key_text(7)) == (f'"{"k" * 60}"', f'"{"k" * 60}…"', "7")
