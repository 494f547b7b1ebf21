"""Cases are the same for everybody, the hidden ones for the holder of the seed, and each has its own name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.judging import QUICK

from grader.cases.case import Case
from grader.cases.inputs import Argument, Call, Inputs, arrays, call, drawn, together
from grader.cases.promises import Text
from grader.errors import AuthorError

ANY = arrays()
ROWS = arrays("n 3", low=-2, high=2)
BOTH = together(arrays("n k"), arrays("k", kind="int", low=0, high=9), arrays("n", kind="bool"))
DEPENDENT = drawn(lambda rng: call(rng.uniform(size=2), axis=int(rng.integers(2))))
MIXED = ANY.also(zero=np.array([0.0]), two_numbers=call(np.array([1.0]), k=2)).only(bad=call("x"))
ALL = {"any": ANY, "rows": ROWS, "both": BOTH, "dependent": DEPENDENT, "mixed": MIXED}
every = pytest.mark.parametrize("inputs", ALL.values(), ids=ALL)


def plain(cases: Any) -> list[Any]:
    return [
        (c.name, [np.asarray(a).tolist() for a in c.args], dict(c.kwargs), c.hidden, c.layout) for c in cases
    ]


@every
def test_public_cases_are_the_same_every_time(inputs: Inputs) -> None:
    assert plain(inputs.public()) == plain(inputs.public())


@every
@QUICK
@given(seed=st.integers(0, 2**64))
def test_the_same_seed_draws_the_same_hidden_cases_and_another_one_others(inputs: Inputs, seed: int) -> None:
    same, again, other = (plain(inputs.secret(s)) for s in (seed, seed, seed + 1))
    assert same == again
    assert [case[1] for case in same] != [case[1] for case in other]


@every
def test_all_names_are_unique(inputs: Inputs) -> None:
    names = [case.name for case in (*inputs.public(), *inputs.secret(3), *inputs.extra)]
    assert len(names) == len(set(names))


@every
def test_only_hidden_cases_are_hidden(inputs: Inputs) -> None:
    assert [case.hidden for case in inputs.public()].count(True) == 0
    hidden = list(inputs.secret(3, count=2))
    assert [(case.name, case.hidden) for case in hidden] == [("hidden 1", True), ("hidden 2", True)]
    assert len(list(inputs.secret(3))) == 4


def test_people_read_two_decimals_and_hidden_cases_have_all() -> None:
    def rounded(cases: Any) -> list[bool]:
        return [bool((case.args[0] == np.round(case.args[0], 2)).all()) for case in cases]

    assert rounded(ROWS.public()) == [True] * 5
    assert rounded(ROWS.secret(3)) == [False] * 4


def forms(inputs: Inputs) -> dict[str, Any]:
    promised = inputs.promised(Text("Integers too, all of them.", ["Z", "other"]))
    return {c.name: (*[(a.shape, a.dtype.name) for a in c.args], c.layout) for c in promised.public()}


def test_any_shape_stands_for_six_shapes_whole_numbers_and_two_layouts() -> None:
    assert forms(ANY) == {
        "a vector": (((5,), "float64"), "C"),
        "a matrix": (((3, 4), "float64"), "C"),
        "one row": (((1, 4), "float64"), "C"),
        "one column": (((4, 1), "float64"), "C"),
        "a 3-D array": (((2, 3, 2), "float64"), "C"),
        "a single number": (((), "float64"), "C"),
        "integers": (((5,), "int64"), "C"),
        "a transposed view": (((5,), "float64"), "F"),
        "every second element": (((5,), "float64"), "strided"),
    }


def test_dimensions_of_one_name_have_one_size_and_numbers_stand_for_themselves() -> None:
    shapes = {name: form[:-1] for name, form in forms(together(arrays("n k"), arrays("k 7"))).items()}
    wide = (((4, 3), "float64"), ((3, 7), "float64"))
    assert shapes == {
        "different sizes": wide,
        "equal sizes": (((3, 3), "float64"), ((3, 7), "float64")),
        "one row": (((1, 5), "float64"), ((5, 7), "float64")),
        "integers": (((4, 3), "int64"), ((3, 7), "int64")),
        "integers beside decimals": (((4, 3), "int64"), ((3, 7), "float64")),
        "a transposed view": wide,
        "every second element": wide,
    }


def test_each_kind_of_argument_has_its_dtype_also_among_whole_numbers() -> None:
    dtypes = {name: [form[1] for form in row[:-1]] for name, row in forms(BOTH).items()}
    assert dtypes.pop("integers") == ["int64", "int64", "bool"]
    assert set(map(tuple, dtypes.values())) == {("float64", "int64", "bool")}


@pytest.mark.parametrize("inputs", [arrays(kind="int"), arrays(kind="bool")])
def test_whole_numbers_are_no_case_of_their_own_where_they_say_nothing(inputs: Inputs) -> None:
    assert "integers" not in forms(inputs)


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["float", "int", "bool"]))
def test_values_stay_within_their_bounds(seed: int, kind: Any) -> None:
    low, high = (0, 1) if kind == "bool" else (-2, 5)
    for case in arrays("n k", kind=kind, low=-2, high=5).secret(seed):
        assert (case.args[0].min() >= low, case.args[0].max() <= high) == (True, True)


@QUICK
@given(st.integers(0, 10**9))
def test_hidden_shapes_agree_where_public_ones_do(seed: int) -> None:
    for case in BOTH.secret(seed):
        (n, k), b, c = (np.shape(a) for a in case.args)
        assert (b, c) == ((k,), (n,))
    for case in together(ANY, ANY).secret(seed):
        assert np.shape(case.args[0]) == np.shape(case.args[1])


@pytest.mark.parametrize(
    ("inputs", "shape"),
    [
        (arrays(), None),
        (arrays("n 3"), ("n", "3")),
        (arrays(ndim=0), ()),
        (arrays(ndim=2), ("n", "k")),
        (arrays(ndim=4), ("n", "k", "m", "d")),
    ],
)
def test_a_shape_is_given_by_names_or_by_their_number(inputs: Inputs, shape: Any) -> None:
    assert inputs == Inputs((Argument(shape, -3.0, 3.0),))


def test_named_cases_come_first_and_their_names_are_words() -> None:
    zero, numbers, *_ = MIXED.public()
    assert plain([zero]) == [("zero", [[0.0]], {}, False, "C")]
    assert plain([numbers]) == [("two numbers", [[1.0]], {"k": 2}, False, "C")]


def test_cases_for_chosen_checks_are_not_among_the_public_ones() -> None:
    assert MIXED.extra == (Case("bad", ("x",)),)
    assert "bad" not in [case.name for case in MIXED.public()]


def test_drawn_arguments_make_three_examples() -> None:
    assert [(c.name, c.args[0].shape, list(c.kwargs)) for c in DEPENDENT.public()] == [
        (f"example {number}", (2,), ["axis"]) for number in (1, 2, 3)
    ]


def test_keywords_are_part_of_every_drawn_call_and_its_own_win() -> None:
    with_keywords = Inputs(draw=DEPENDENT.draw, keywords=(("axis", 9), ("keep", True)))
    assert [set(case.kwargs) for case in with_keywords.public()] == [{"axis", "keep"}] * 3
    assert all(case.kwargs["axis"] != 9 for case in with_keywords.secret(1))


def test_no_argument_makes_no_case() -> None:
    assert list(together().public()) == []


def test_a_call_keeps_position_and_keyword() -> None:
    assert call(1, "a", axis=0) == Call((1, "a"), {"axis": 0})


def test_arrays_have_up_to_eight_dimensions_and_no_more() -> None:
    for made in (arrays(ndim=5), arrays("a b c d e f g h")):
        shapes = {np.shape(case.args[0]) for case in made.public()}
        assert {len(shape) for shape in shapes} == {len(made.arguments[0].shape or ())}
        assert len(shapes) > 2
    for refused, said in (
        (lambda: arrays(ndim=9), "ndim=9"),
        (lambda: arrays("a b c d e f g h i"), "'a b c d"),
    ):
        with pytest.raises(AuthorError, match=f"arrays.{said}.*: expected at most 8 dimensions"):
            refused()


def test_inputs_have_names_for_all_or_for_none() -> None:
    assert together(a=arrays("n"), b=arrays("n")).names == ("a", "b")
    with pytest.raises(
        AuthorError, match="got inputs with and without names; expected names for all or none"
    ):
        together(arrays("n"), b=arrays("n"))
