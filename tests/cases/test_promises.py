"""Probes are drawn where the text promises them, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from grader import arrays, call, together
from grader.cases.case import Case
from grader.cases.promises import probes, unsaid


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("numbers of any shape", []),
        ("any shape, integers too.", ["integers"]),
        ("Returns an integer.", []),
        ("integers and float32 too", ["float32", "integers"]),
        ("may be empty", ["empty"]),
    ],
)
def test_words_of_the_text_switch_probes_on(text: str, names: list[str]) -> None:
    assert sorted(probes(text)) == names


def test_probes_have_the_dtype_and_shape_that_was_promised() -> None:
    plain = {c.name for c in arrays().public()}
    promised = {c.name: c for c in arrays().promised("integers and float32 too, may be empty").public()}
    assert set(promised) - plain == {"integers", "float32 numbers", "nothing at all"}
    kinds = [
        (promised[n].args[0].dtype, promised[n].args[0].shape)  # type: ignore[attr-defined]  # an array
        for n in ("integers", "float32 numbers", "nothing at all")
    ]
    assert kinds == [(np.int64, (5,)), (np.float32, (5,)), (np.float64, (0,))]


def test_an_empty_first_dimension_is_empty_in_every_argument() -> None:
    inputs = together(arrays("n k"), arrays("n")).promised("may be empty")
    (case,) = [c for c in inputs.public() if c.name == "nothing at all"]
    assert [np.shape(a) for a in case.args] == [(0, 3), (0,)]


def test_labels_that_were_integers_already_stay_so() -> None:
    inputs = together(arrays("n", kind="int", low=0, high=2)).promised("integers too")
    assert "integers" not in [c.name for c in inputs.public()]


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (np.array([np.nan]), "nan"),
        (np.array([-np.inf]), "inf"),
        (np.array([1000.0]), "huge"),
        (np.zeros(2, np.float32), "float32"),
        (np.zeros((0, 3)), "empty"),
        (np.array([1, 2]), ""),
    ],
)
def test_what_a_case_asks_must_be_said(value: object, word: str) -> None:
    case = Case("c", call([value]).args)
    assert unsaid("numbers", case) == word
    assert unsaid("numbers, nan and infinity, may be huge or float32, may be empty", case) == ""
