"""Probes are drawn for the arguments whose text promises them, and for no others."""

from __future__ import annotations

import numpy as np
import pytest

from grader import arrays, call, together
from grader.cases.case import Case
from grader.cases.promises import (
    Text,
    probes,
    says_no_loops,
    says_unchanged,
    says_without,
    unsaid,
    with_unchanged,
)

TEXT = """Return the step from `W` along `grad`; `W` and `grad` may be huge.

Several steps make a descent.

Args:
    W: weights, integers
        and float32 too.
    grad: slopes, of the same
        shape: may be empty.
    lr, beta: numbers.

Returns:
    New weights; nan stays nan.
"""


def promised(text: str, *names: str) -> Text:
    return Text(text, names or ("Z",))


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
    assert [sorted(one) for one in probes(promised(text))] == [names]


def test_each_argument_has_its_own_promises() -> None:
    text = promised(TEXT, "W", "grad", "lr", "beta")
    assert [sorted(one) for one in probes(text)] == [["float32", "integers"], ["empty"], [], []]


def test_a_sentence_before_the_sections_speaks_of_the_arguments_it_names() -> None:
    text = promised(TEXT, "W", "grad", "lr")
    huge, missing = np.array([1000.0]), np.array([np.nan])
    assert unsaid(text, Case("c", (huge, huge, 0.5))) == ""
    assert unsaid(text, Case("c", (huge, huge, huge))) == "huge values of lr"
    # What is said of the result is not said of an argument.
    assert unsaid(text, Case("c", (missing, huge, 0.5))) == "nan values of W"


def test_an_argument_passed_by_keyword_needs_its_promise_too() -> None:
    text = promised(TEXT, "W", "grad", "lr")
    assert unsaid(text, Case("c", (), {"grad": np.array([1])})) == "integer values of grad"
    assert unsaid(text, Case("c", (), {"W": np.array([1])})) == ""


def test_arrays_in_lists_and_dicts_need_the_promise_of_their_argument() -> None:
    text = promised("Args:\n    params: arrays by name.\n    X: integers too.", "params", "X")
    assert unsaid(text, Case("c", ({"W": [np.array([1])]}, np.array([1])))) == "integer values of params"


def test_probes_have_the_dtype_and_shape_that_was_promised() -> None:
    plain = {c.name for c in arrays().public()}
    text = promised("integers and float32 too, may be empty")
    drawn = {c.name: c for c in arrays().promised(text).public()}
    assert set(drawn) - plain == {"integers", "float32 numbers", "nothing at all"}
    kinds = [
        (drawn[n].args[0].dtype, drawn[n].args[0].shape)  # type: ignore[attr-defined]  # an array
        for n in ("integers", "float32 numbers", "nothing at all")
    ]
    assert kinds == [(np.int64, (5,)), (np.float32, (5,)), (np.float64, (0,))]


def test_only_the_argument_that_promises_integers_gets_them() -> None:
    text = promised("Args:\n    A: numbers.\n    B: numbers, integers too.", "A", "B")
    (case,) = [c for c in together(arrays("n"), arrays("n")).promised(text).public() if c.name == "integers"]
    assert [a.dtype for a in case.args] == [np.float64, np.int64]  # type: ignore[attr-defined]  # arrays


def test_an_empty_first_dimension_is_empty_in_every_argument() -> None:
    text = promised("Args:\n    A: a matrix.\n    b: a vector, may be empty.", "A", "b")
    (case,) = [
        c for c in together(arrays("n k"), arrays("n")).promised(text).public() if c.name == "nothing at all"
    ]
    assert [np.shape(a) for a in case.args] == [(0, 3), (0,)]
    assert unsaid(text, case) == ""


def test_labels_that_were_integers_already_stay_so() -> None:
    inputs = together(arrays("n", kind="int", low=0, high=2)).promised(promised("integers too"))
    assert "integers" not in [c.name for c in inputs.public()]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.array([np.nan]), "nan values of Z"),
        (np.array([-np.inf]), "infinite values of Z"),
        (np.array([1000.0]), "huge values of Z"),
        (np.zeros(2, np.float32), "float32 values of Z"),
        (np.zeros((0, 3)), "empty values of Z"),
        (np.array([1, 2]), "integer values of Z"),
        (np.array([True]), ""),
        (np.array([0.5]), ""),
        (3, ""),  # a number has no dtype that could surprise
    ],
)
def test_what_a_case_asks_must_be_said(value: object, words: str) -> None:
    case = Case("c", call([value]).args)
    assert unsaid(promised("numbers"), case) == words
    everything = "numbers, integers too, nan and infinity, may be huge or float32, may be empty"
    assert unsaid(promised(everything), case) == ""


@pytest.mark.parametrize(
    "text",
    [
        "The arguments stay unchanged.",
        "Leaves `W`\nunchanged.",
        "`Z` must not be changed.",
        "x never changes",
    ],
)
def test_a_text_that_asks_to_leave_arguments_alone_gets_no_second_sentence(text: str) -> None:
    assert says_unchanged(text)
    assert with_unchanged(text, ["W"]) == text


def test_the_sentence_on_arguments_stands_before_the_sections() -> None:
    text = "Return it.\n\n    Args:\n        Z: numbers.\n\n    >>> f(1)\n    1\n    "
    assert with_unchanged(text, ["Z"]) == (
        "Return it.\n\n    Leave `Z` unchanged.\n\n"
        "    Args:\n        Z: numbers.\n\n    >>> f(1)\n    1\n    "
    )
    assert with_unchanged("Return it.", ["Z", "W"], indent="    ") == (
        "Return it.\n\n    Leave the arguments unchanged.\n    "
    )


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("Return the mean.", False),
        ("Return the mean by hand.", True),
        ("Return the mean without help of\nNumPy.", True),
        ("Do not use np.mean and np.sum.", True),
        ("Do not use np.mean.", False),
    ],
)
def test_forbidden_functions_are_named_or_forbidden_all_at_once(text: str, is_said: bool) -> None:
    assert says_without(text, ["numpy.mean", "numpy.sum"]) == is_said


def test_a_word_on_loops_must_be_there() -> None:
    assert says_no_loops("Use no Python loop.")
    assert not says_no_loops("Use whole arrays.")
