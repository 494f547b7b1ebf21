"""Checks on conduct find changed inputs, shared memory, warnings, wrong exceptions and chance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.judging import answers, cases, told
from support.judging import task as small

from grader import call, checks
from grader.cases.case import Answer, Raised
from grader.checks import Check
from grader.course.task import Task
from grader.worker.wire import Opaque, Rng

PASSED = ("passed", "")
Z = np.array([[1.0, 0.0], [3.0, np.nan]])


def double(z: Any, params: Any = None) -> Any:
    return 2.0 * z


def one(check: Check, **named: Any) -> Task:
    return small(double, check, inputs=cases(**named or {"some": Z}))


def changing(change: Any) -> Any:
    def f(z: Any, *params: Any) -> Any:
        value = double(z)
        change(z, *params)
        return value

    return f


def assign(at: Any, value: float) -> Any:
    return changing(lambda z: z.__setitem__(at, value))


@pytest.mark.parametrize(
    "check",
    [checks.does_not_mutate(), checks.returns_new_array(), checks.no_warnings(), checks.deterministic()],
    ids=lambda c: c.kind.name,
)
def test_a_good_citizen_passes(check: Check) -> None:
    assert told(one(check), double) == PASSED


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        (assign((0, 1), 5.0), "z[0, 1] was 0 and is now 5"),
        (assign((0, 1), -0.0), "z[0, 1] was 0 and is now −0"),
        (assign((1, 1), 1.0), "z[1, 1] was nan and is now 1"),
        (assign((1, 0), np.inf), "z[1, 0] was 3 and is now inf"),
        (assign((1, 0), 3 + 1e-9), "z[1, 0] was 3 and is now 3.000000001"),
        (changing(np.ndarray.sort), "z[0, 0] was 1 and is now 0"),
    ],
)
def test_a_changed_element_is_named(given: Any, changed: str) -> None:
    message = f"Your function changed its input: {changed}."
    assert told(one(checks.does_not_mutate()), given) == ("failed", message)


def test_a_changed_number_of_no_dimensions_has_no_index() -> None:
    message = "Your function changed its input: z was 1 and is now 7."
    assert told(one(checks.does_not_mutate(), number=np.array(1.0)), assign((), 7.0)) == ("failed", message)


PARTS = {"W": np.array([1.0]), "steps": [1, 2]}


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda p: p["W"].__setitem__(0, 4.0), 'params under "W"[0] was 1 and is now 4'),
        (lambda p: p.pop("W"), 'params under "W" is no longer there'),
        (lambda p: p.update(b=0), 'params under "b" was added'),
        (lambda p: p["steps"].append(3), 'params under "steps"[2] was added'),
        (lambda p: p["steps"].reverse(), 'params under "steps"[0] was 1 and is now 2'),
        (
            lambda p: p["steps"].__setitem__(0, 1 + 1e-7),
            'params under "steps"[0] was 1 and is now 1.0000001',
        ),
        (lambda p: p["steps"].__setitem__(0, 1.0), 'params under "steps"[0] was 1 and is now 1.0'),
        (
            lambda p: p["steps"].__setitem__(1, np.int64(2)),
            'params under "steps"[1] was 2 and is now np.int64(2)',
        ),
        (
            lambda p: p.update(W=np.array([1, 2])),
            'params under "W" had shape (1,) and dtype float64, now (2,) and int64',
        ),
    ],
)
def test_a_change_inside_a_container_is_named(change: Any, changed: str) -> None:
    task = one(checks.does_not_mutate(), both=call(np.array([1.0]), PARTS))
    assert task.cases[0].args[1] == PARTS
    message = f"Your function changed its input: {changed}."
    assert told(task, changing(lambda z, params: change(params))) == ("failed", message)
    assert told(task, double) == PASSED


def test_an_argument_without_a_name_is_numbered() -> None:
    def total(*parts: Any) -> Any:
        return parts[0] + parts[1]

    task = small(total, checks.does_not_mutate(), inputs=cases(two=call(Z, Z)))
    message = "Your function changed its input: argument 2[0, 0] was 1 and is now 2."
    assert told(task, lambda a, b: a + np.multiply(b, 2, out=b)) == ("failed", message)


def test_an_argument_by_keyword_is_looked_at_too() -> None:
    task = one(checks.does_not_mutate(), masked=call(Z, params=np.array([0.0])))

    def filling(z: Any, params: Any) -> Any:
        params[:] = 5.0
        return double(z)

    message = "Your function changed its input: params[0] was 0 and is now 5."
    assert told(task, filling) == ("failed", message)
    assert told(task, double) == PASSED


def test_a_generator_that_moved_on_is_no_changed_input() -> None:
    task = one(checks.does_not_mutate(), seeded=call(np.array([1.0]), Rng(3)))
    after = (np.array([1.0]), Opaque("numpy.random._generator.Generator"))
    assert told(task, {"seeded": Answer("returned", np.array([2.0]), after)}) == PASSED


def test_a_view_of_the_input_is_no_new_array() -> None:
    task = small(np.ravel, checks.returns_new_array(), inputs=cases(some=Z))
    message = "Changing the input afterwards changed your output: both share memory. Return a copy."
    assert told(task, np.ravel) == ("failed", message)
    assert told(task, np.ndarray.flatten) == PASSED


@pytest.mark.parametrize("later", [None, [1, 2], np.zeros(3), "text"], ids=str)
def test_an_output_of_another_form_later_is_a_failure_and_no_error(later: object) -> None:
    task = one(checks.returns_new_array())
    given = {"some": replace(answers(task, double)["some"], value_after=later)}
    message = "Changing the input afterwards changed your output: both share memory. Return a copy."
    assert told(task, given) == ("failed", message)


def test_the_first_warning_is_told_as_advice() -> None:
    task = one(checks.no_warnings())
    warned = replace(answers(task, double)["some"], warnings=("RuntimeWarning on line 2: overflow", "Other"))
    message = (
        "RuntimeWarning on line 2: overflow. A warning costs no points; it shows where numbers leave range."
    )
    assert told(task, {"some": warned}) == ("failed", message)
    assert (task.checks[0].check.is_advice, task.max_points) == (True, 0)


def test_a_warning_that_is_not_of_arithmetic_is_not_said_to_be_about_range() -> None:
    task = one(checks.no_warnings())
    warned = replace(
        answers(task, double)["some"], warnings=("DeprecationWarning on line 3: `trapz` is deprecated.",)
    )
    message = "DeprecationWarning on line 3: `trapz` is deprecated. A warning costs no points."
    assert told(task, {"some": warned}) == ("failed", message)


def test_warnings_of_a_function_that_never_returned_are_not_judged() -> None:
    asked = one(checks.no_warnings())
    text = "This call was not made, because one before it did not end."
    assert told(asked, {"some": Answer("not_run")}) == ("skipped", text)


def raising(name: str = "ValueError") -> Answer:
    return Answer("raised", raised=Raised((name, "Exception", "BaseException", "object"), "no.", line=4))


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (raising(), PASSED),
        (Answer("raised", raised=Raised(("OwnError", "ValueError", "Exception"), "")), PASSED),
        (raising("KeyError"), ("failed", "You raised KeyError on line 4: no; expected ValueError.")),
        (Answer("returned", 1.5), ("failed", "You returned 1.5; expected ValueError to be raised.")),
        (
            Answer("returned", Opaque("Tree")),
            ("failed", "You returned object of type Tree; expected ValueError to be raised."),
        ),
        (Answer("exited"), ("failed", "Your code ended Python itself. Remove calls of exit and quit.")),
        (Answer("timed_out", detail="2 s"), ("failed", "No result after 2 s. A loop may not end.")),
    ],
    ids=["same", "subclass", "other", "returned", "opaque", "exited", "timed out"],
)
def test_an_exception_is_asked_for_by_any_name_of_its_class(given: Answer, verdict: tuple[str, str]) -> None:
    def refuse(z: Any) -> Any:
        raise ValueError("no")

    task = small(refuse, checks.raises("ValueError"), inputs=cases(some=Z))
    assert told(task, {"some": given}) == verdict


def test_a_different_answer_to_the_same_call_is_found() -> None:
    state = iter(range(10))
    message = "Two calls with the same input gave different outputs."
    assert told(one(checks.deterministic()), lambda z: double(z) + next(state)) == ("failed", message)


def test_a_second_call_that_did_not_return_is_told_as_such() -> None:
    task = one(checks.deterministic())
    given = {"some": answers(task, double)["some"], "some, once more": Answer("exited")}
    message = "Your code ended Python itself. Remove calls of exit and quit."
    assert told(task, given) == ("failed", message)


def test_only_the_first_case_is_asked_twice() -> None:
    task = one(checks.deterministic(), first=Z, second=Z)
    assert task.checks[0].cases == ("first", "second", "first, once more")
    assert told(task, double) == PASSED
