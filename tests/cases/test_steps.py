"""Steps that cannot be are refused where the author writes them, with what was expected."""

from __future__ import annotations

import numpy as np
import pytest

from grader.cases.case import Case
from grader.cases.steps import STEPS, constant, do, get, left, new, result, run, script, stepped
from grader.errors import AuthorError
from grader.worker.script import Earlier, Input, Step


def test_a_step_names_inputs_results_and_plain_values() -> None:
    made = run("f", "x", result("g", 1), 2.0, None, how=constant("mean"), label="again", item=0)
    assert made == Step(
        label="again",
        verb="run",
        names=("f",),
        args=(Input("x"), Earlier("g", 1), 2.0, None),
        kwargs={"how": "mean"},
        item=0,
    )


def test_a_method_belongs_to_the_object_that_was_constructed_last() -> None:
    steps = (
        new("A", label="a"),
        new("A", "x", label="b"),
        do("f", "y"),
        do("f", on="a", label="other"),
        get("w"),
    )
    made = script(steps, ())
    assert [step.on for step in made.steps] == ["", "", "b", "a", "b"]
    assert made.names == ("x", "y")


@pytest.mark.parametrize(
    ("steps", "names", "why"),
    [
        ((do("f"),), (), "the step f needs an object; construct one by new(…) first"),
        ((run("f", "z"),), ("x", "y"), "the step f uses the input z; expected one of x, y"),
        ((run("f", result("g")),), (), "the step f uses the result of g; expected a step before it"),
        ((run("f"), run("f")), (), "two steps are called f; tell them apart by label=…"),
        ((new("A"),), (), "no step has an answer; expected a run(…), do(…), get(…) or left(…)"),
        ((new("A"), get()), (), "get() names no attribute"),
        ([run("f", label=str(n)) for n in range(STEPS + 1)], (), "there are 61 steps; at most 60 are run"),
    ],
)
def test_steps_that_cannot_be_are_refused(steps: tuple[Step, ...], names: tuple[str, ...], why: str) -> None:
    with pytest.raises(AuthorError) as caught:
        script(steps, names)
    assert str(caught.value) == why


def test_an_argument_of_a_step_is_data() -> None:
    with pytest.raises(AuthorError, match="an argument of a step is of type ndarray; expected the name of"):
        run("f", np.zeros(2))  # type: ignore[arg-type]  # the mistake that is tested


def test_a_case_becomes_one_for_each_answer_with_the_same_arguments() -> None:
    made = script((run("f", "x"), run("g", "y", result("f"), shows=False), left("x")), ())
    first, second = stepped(Case("square", (np.eye(2),), {"y": 1}), made)
    assert [(one.name, one.at, one.of, one.kwargs) for one in (first, second)] == [
        ("square: f", 0, "square", {}),
        ("square: x", 2, "square", {}),
    ]
    assert (first.args is second.args, second.continues(first), first.continues(second)) == (
        True,
        True,
        False,
    )
    assert list(first.values) == ["x", "y"]


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (Case("one", (1,)), "the case “one” has x; expected x, y"),
        (Case("one", (1, 2, 3)), "the case “one” has 3 arguments; expected x, y"),
        (Case("one", (1,), {"z": 2}), "the case “one” has x, z; expected x, y"),
    ],
)
def test_a_case_with_other_arguments_is_refused(case: Case, why: str) -> None:
    with pytest.raises(AuthorError) as caught:
        stepped(case, script((run("f", "x", "y"),), ()))
    assert str(caught.value) == why


def test_arguments_need_names_where_nothing_declares_their_order() -> None:
    with pytest.raises(AuthorError) as caught:
        stepped(Case("one", (1, 2)), script((run("f", "x", "y"),), ()), by_name=True)
    assert str(caught.value) == (
        "the case “one” has arguments without names; expected call(x=…, y=…), as the steps use them by name"
    )
