"""A script is shown as code that can be pasted: arguments, objects, and the step that is meant last."""

from __future__ import annotations

import numpy as np
import pytest

from grader.cases.steps import constant, do, get, left, new, result, run, script
from grader.text.script_text import script_text

STEPS = script(
    (
        new("Box", "x", 2, label="x"),
        run("pair", "y", how=constant("up"), item=0),
        run("use", result("pair", 1), label="use the second"),
        do("push", result("use the second"), on="x", shows=False),
        get("a", "b", on="x"),
        left("y"),
    ),
    ("x", "y", "unused"),
)
ARGS = (np.array([1.0]), [1, "a"], None)


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        (1, ["x = np.array([1.0])", "y = [1, 'a']", "Box(x, 2)", "pair(y, how='up')[0]"]),
        (
            2,
            [
                "x = np.array([1.0])",
                "y = [1, 'a']",
                "Box(x, 2)",
                "pair_ = pair(y, how='up')",
                "use(pair_[1])",
            ],
        ),
        (
            4,
            [
                "x = np.array([1.0])",
                "y = [1, 'a']",
                "x_ = Box(x, 2)",
                "pair_ = pair(y, how='up')",
                "step_3 = use(pair_[1])",
                "x_.push(step_3)",
                "x_.a, x_.b",
            ],
        ),
    ],
)
def test_steps_are_lines_and_what_is_used_again_has_a_name(at: int, lines: list[str]) -> None:
    assert script_text(STEPS, at, ARGS).splitlines() == lines


def test_what_is_left_in_an_argument_is_the_last_line() -> None:
    assert script_text(STEPS, 5, ARGS).splitlines()[-1] == "y"


def test_an_array_that_is_too_large_becomes_a_name_with_a_comment() -> None:
    large = np.arange(300) % 7
    made = script((run("f", "x"),), ())
    assert script_text(made, 0, (large,)).splitlines() == [
        "x = a1",
        "f(x)",
        "# a1: int64 array of shape (300,), values from 0 to 6",
    ]
