"""A submission's function as a whole has one status, and one sentence that says what broke it off."""

from __future__ import annotations

import pytest
from support.end_to_end import FIRST, one

from grader.course.task import Task
from grader.sandbox import Sandbox

FAULTS = {
    "def other(): pass": (
        "missing",
        "No file defines twice. Write `def twice(…)` at the left margin, spelt exactly so.",
    ),
    "def twice(Z):\n    raise NotImplementedError": (
        "not_attempted",
        "twice has no code yet. Put your code in place of `raise NotImplementedError` or `pass`.",
    ),
    "def twice(Z:\n": (
        "syntax_error",
        "twice.py, line 1: '(' was never closed. Python cannot read the file until this is mended.",
    ),
    "def twice():\n    return 1": ("wrong_signature", "twice takes 0 arguments; expected twice(Z)."),
    FIRST + "    import ctypes; ctypes.string_at(0)": (
        "crashed",
        "Python stopped in the middle of the call (signal 11, a segmentation fault).",
    ),
    FIRST + "    raise SystemExit(2)": (
        "exited",
        "Your code ended Python itself. Remove calls of exit and quit.",
    ),
    FIRST + "    while True: pass": ("timed_out", "No result after 0.3 s. A loop may not end."),
    FIRST + "    return Z + undefined": ("raised", "NameError on line 4: name 'undefined' is not defined."),
}


@pytest.mark.parametrize("source", FAULTS, ids=[status for status, _ in FAULTS.values()])
def test_each_fault_has_its_own_status_and_sentence(sandbox: Sandbox, task: Task, source: str) -> None:
    exercise = one(sandbox, task, source)
    assert exercise.error is not None
    assert (exercise.status, exercise.error.message) == FAULTS[source]


def test_a_wrong_type_is_told_by_the_check(sandbox: Sandbox, task: Task) -> None:
    exercise = one(sandbox, task, FIRST + "    return [1]")
    assert exercise.status == "wrong_type"
    assert exercise.checks[0].message == "You returned a list; expected a NumPy array."
