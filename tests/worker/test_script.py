"""Steps of a script run in their order; one that fails costs itself and what needs it."""

from __future__ import annotations

from typing import Any

import pytest

from grader.worker.script import Earlier, Input, Script, ScriptRun, Step, WaitsError, shown


class Counter:
    """Counts, and fails where it is told to."""

    def __init__(self, start: int) -> None:
        if start < 0:
            raise ValueError("below 0")
        self.now = start

    def add(self, count: int) -> int:
        if count < 0:
            raise ArithmeticError("backwards")
        self.now += count
        return self.now

    @staticmethod
    def twice(value: int) -> int:
        return 2 * value

    @classmethod
    def at_zero(cls) -> Counter:
        return cls(0)


def pair(value: int) -> tuple[int, object]:
    return value, [value]


NAMES = {"Counter": Counter, "pair": pair, "last": lambda cache: cache[-1]}


def step(verb: Any, name: str, *args: Any, on: str = "", label: str = "", **options: Any) -> Step:
    return Step(label=label or name, verb=verb, names=(name,), args=args, on=on, **options)


COUNTER = Script(
    ("start", "more"),
    (
        step("new", "Counter", Input("start"), label="counter", is_shown=False),
        step("do", "add", Input("more"), on="counter"),
        step("get", "now", on="counter"),
        step("do", "twice", 4, on="Counter"),
        step("do", "add", 5, on="counter", label="again"),
    ),
)


def answers(script: Script, **given: Any) -> list[Any]:
    """Return each shown step's value, or the name of what it raised."""
    run, found = ScriptRun(script, NAMES, given), []
    for at, _ in shown(script):
        try:
            found.append(run.until(at))
        except Exception as error:
            found.append(type(error).__name__)
    return found


def alone(script: Script, **given: Any) -> list[Any]:
    """Return the same, each step asked in a run of its own."""
    found = []
    for at, _ in shown(script):
        try:
            found.append(ScriptRun(script, NAMES, given).until(at))
        except Exception as error:
            found.append(type(error).__name__)
    return found


def test_each_step_goes_on_with_what_those_before_have_made() -> None:
    assert answers(COUNTER, start=1, more=2) == [3, 3, 8, 8]
    assert alone(COUNTER, start=1, more=2) == [3, 3, 8, 8]


def test_a_failed_step_costs_itself_and_what_needs_it() -> None:
    assert answers(COUNTER, start=1, more=-1) == ["ArithmeticError", "WaitsError", 8, "WaitsError"]
    assert alone(COUNTER, start=1, more=-1) == ["ArithmeticError", "WaitsError", 8, "WaitsError"]


def test_a_constructor_that_fails_is_told_by_the_first_step_that_needs_it() -> None:
    assert answers(COUNTER, start=-1, more=0) == ["ValueError", "WaitsError", 8, "WaitsError"]


def test_a_result_stays_inside_and_goes_on_to_a_later_step() -> None:
    script = Script(
        ("x",),
        (
            step("run", "pair", Input("x"), item=0),
            step("run", "last", Earlier("pair", 1)),
            step("do", "at_zero", on="Counter", is_shown=False),
            step("get", "now", on="at_zero"),
        ),
    )
    assert answers(script, x=7) == [7, 7, 0]


def test_what_calls_leave_in_an_argument_is_an_answer() -> None:
    script = Script(("cache",), (step("run", "last", Input("cache")), step("left", "cache")))
    assert answers(script, cache=[1, 2]) == [2, [1, 2]]


def test_a_name_that_the_file_lacks_is_an_error_of_its_step() -> None:
    script = Script((), (step("run", "first"), step("run", "pair", 1)))
    with pytest.raises(NameError, match="name 'first' is not defined"):
        ScriptRun(script, NAMES, {}).until(0)
    assert answers(script) == ["NameError", (1, [1])]


def test_several_attributes_are_one_answer_by_name() -> None:
    script = Script(
        (),
        (
            step("new", "Counter", 3, label="c", is_shown=False),
            Step(label="both", verb="get", names=("now", "add"), on="c"),
        ),
    )
    (found,) = answers(script)
    assert (found["now"], found["add"](1)) == (3, 4)


def test_a_method_needs_the_object_and_what_was_called_on_it_before() -> None:
    assert [COUNTER.needs(at) for at in range(5)] == [
        set(),
        {"counter"},
        {"counter", "add"},
        {"Counter"},
        {"counter", "add", "now"},
    ]


def test_waiting_is_no_error_of_the_student() -> None:
    run = ScriptRun(COUNTER, NAMES, {"start": -1, "more": 0})
    with pytest.raises(ValueError, match="below 0"):
        run.until(1)
    with pytest.raises(WaitsError):
        run.until(2)
