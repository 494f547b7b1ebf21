"""A script runs once for all its steps; what a step does costs itself and what needs it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from grader.cases.case import Answer, Case
from grader.cases.steps import do, get, left, new, run, script, stepped
from grader.sandbox import Limits, Sandbox

STEPS = script(
    (new("Box", "x"), do("push", "x"), do("pull"), get("count"), run("free", "x"), left("x")), ("x",)
)
CASES = [one for n in (1, 2) for one in stepped(Case(f"of {n}", (np.ones(n),)), STEPS)]
RIGHT = """
class Box:
    made = 0
    def __init__(self, x): Box.made += 1; self.x, self.count = x, 0
    def push(self, x): self.count += 1; self.kept = x + 1; return self.kept
    def pull(self): self.count += 1; return self.kept * 2
def free(x): return x * 3
"""
FIRST, SECOND = "of 1", "of 2"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(level="limits", limits=Limits(cpu_s=0.3, wall_factor=50, restarts=2)) as one:
        yield one


def answers(sandbox: Sandbox, source: str) -> list[Answer]:
    with sandbox.open({"s.py": source.encode()}) as session:
        return list(session.ask("s.py", "Box", CASES).answers)


def shown(sandbox: Sandbox, source: str) -> list[object]:
    """Return the values of the first case's steps, or how they ended."""
    return [
        np.asarray(a.value).tolist() if a.outcome == "returned" else a.outcome
        for a in answers(sandbox, source)[:5]
    ]


def test_steps_go_on_with_the_object_and_cases_begin_anew(sandbox: Sandbox) -> None:
    assert [np.asarray(a.value).tolist() for a in answers(sandbox, RIGHT)] == [
        [2.0], [4.0], 2, [3.0], [1.0],
        [2.0, 2.0], [4.0, 4.0], 2, [3.0, 3.0], [1.0, 1.0],
    ]  # fmt: skip


def test_a_step_asked_alone_has_the_answer_that_it_has_in_the_run(sandbox: Sandbox) -> None:
    with sandbox.open({"s.py": RIGHT.encode()}) as session:
        alone = [session.ask("s.py", "Box", [case]).answers[0] for case in CASES]
    assert [(a.outcome, np.asarray(a.value).tolist()) for a in alone] == [
        (a.outcome, np.asarray(a.value).tolist()) for a in answers(sandbox, RIGHT)
    ]


def test_what_a_step_changes_in_its_arguments_is_seen_from_then_on(sandbox: Sandbox) -> None:
    source = RIGHT.replace("self.kept = x + 1", "x += 1; self.kept = x + 0")
    first = answers(sandbox, source)[:5]
    assert [np.asarray(a.args_after[0]).tolist() for a in first] == [[2.0]] * 5
    assert np.asarray(first[4].value).tolist() == [2.0]  # what `left` shows


def test_an_answer_that_is_the_argument_is_known_as_such_and_harms_no_later_step(sandbox: Sandbox) -> None:
    first = answers(sandbox, RIGHT.replace("return self.kept\n", "return x\n"))[:5]
    assert np.asarray(first[0].value).tolist() != np.asarray(first[0].value_after).tolist()
    assert [np.asarray(a.value).tolist() for a in first] == [[1.0], [4.0], 2, [3.0], [1.0]]


def test_an_error_is_told_once_and_what_needs_it_waits(sandbox: Sandbox) -> None:
    assert shown(sandbox, RIGHT.replace("self.kept * 2", "1 / 0")) == [
        [2.0], "raised", "not_run", [3.0], [1.0],
    ]  # fmt: skip
    found = answers(sandbox, RIGHT.replace("Box.made += 1", "1 / 0"))[:5]
    assert [a.outcome for a in found] == ["raised", "not_run", "not_run", "returned", "returned"]
    assert found[0].raised is not None
    assert (found[0].raised.names[0], found[0].raised.line) == ("ZeroDivisionError", 4)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("all(iter(int, 1)) or [0 for _ in iter(int, 1)]", "timed_out"),
        ("import os; os._exit(3)", "exited"),
        ("quit()", "exited"),
    ],
)
def test_a_step_that_ends_the_worker_ends_its_run_and_the_next_case_goes_on(
    sandbox: Sandbox, code: str, outcome: str
) -> None:
    source = RIGHT.replace(
        "def pull(self):", f"def pull(self):\n        if self.x.size == 1: {code}\n       "
    )
    found = answers(sandbox, source)
    assert [a.outcome for a in found[:2]] == ["returned", outcome]
    assert {a.outcome for a in found[2:5]} <= {"not_run", "returned"}
    assert [a.outcome for a in found[5:]] == ["returned"] * 5


HOSTILE = {
    "a metaclass that lies about attributes": (
        "class M(type):\n    def __call__(c, *a):\n        raise SystemExit(0)\n", "class Box(metaclass=M):"
    ),
    "an attribute that raises": ("", "class Box:\n    def __getattribute__(s, n): raise KeyError(n)"),
    "a destructor that ends Python": ("", "class Box:\n    def __del__(s): import os; os._exit(0)"),
    "a descriptor that hangs": (
        "class D:\n    def __get__(s, o, t):\n        while True: pass\n", "class Box:\n    count = D()"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_classes_give_no_answer_but_their_own(sandbox: Sandbox, kind: str) -> None:
    head, line = HOSTILE[kind]
    found = answers(sandbox, head + RIGHT.replace("class Box:", line))
    assert len(found) == len(CASES)
    assert {a.outcome for a in found} <= {"returned", "raised", "exited", "crashed", "timed_out", "not_run"}


def test_a_worker_that_says_that_it_waits_for_nothing_has_crashed(sandbox: Sandbox) -> None:
    lie = (
        "from grader.worker import script\n"
        "def free(x): raise script.WaitsError\n"
        "class Box:\n    def __init__(self, x): pass\n    def push(self, x): raise script.WaitsError\n"
    )
    found = answers(sandbox, lie)
    assert (found[0].outcome, found[0].detail) == ("crashed", "the worker sent that it waits for nothing")
    with sandbox.open(
        {"s.py": b"from grader.worker import script\ndef f(x): raise script.WaitsError"}
    ) as one:
        plain = one.ask("s.py", "f", [Case("one", (1.0,))])
    assert (plain.answers[0].outcome, plain.load) == ("crashed", None)
