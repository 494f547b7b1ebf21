"""Statements are left out, moved, turned and added."""

from __future__ import annotations

import ast

from grader.repair.places import changes

from .conftest import code


def texts(text: str, kind: str) -> list[str]:
    its, found = code("f", text), []
    for number, change in changes(its):
        if change.kind == kind:
            with change.made():
                found.append(ast.unparse(its.units[number]).split("\n", 1)[1])
    return found


LOOP = "def f(x):\n    s = 0\n    for v in x:\n        s = v\n        return s"


def test_a_line_leaves_a_loop_or_comes_into_it() -> None:
    assert "    s = 0\n    for v in x:\n        s = v\n    return s" in texts(LOOP, "out of the loop")
    assert "    for v in x:\n        s = 0\n        s = v\n        return s" in texts(LOOP, "into the loop")


def test_an_assignment_in_a_loop_becomes_a_sum() -> None:
    assert "    s = 0\n    for v in x:\n        s += v\n        return s" in texts(LOOP, "accumulation")


def test_what_changes_an_array_in_place_makes_a_new_one() -> None:
    assert texts("def f(x):\n    x -= 1\n    return x", "in place") == ["    x = x - 1\n    return x"]


def test_a_line_is_left_out() -> None:
    assert "    return x" in texts("def f(x):\n    x = 1\n    return x", "statement left out")


def test_a_missing_return_is_added_at_the_end_only() -> None:
    assert "    y = x + 1\n    return y" in texts("def f(x):\n    y = x + 1", "return added")
    assert "    return x" in texts("def f(x):\n    print(x)", "return added")
    assert texts("def f(x):\n    y = x\n    return y", "return added") == []


def test_a_condition_is_negated_or_left_out() -> None:
    text = "def f(x):\n    if x:\n        return 1\n    return 0"
    assert "    if not x:\n        return 1\n    return 0" in texts(text, "condition")


def test_arguments_are_copied_and_converted_first() -> None:
    assert "    x = np.array(x)\n    return x" in texts("def f(x):\n    return x", "copy first")
    assert "    x = np.asarray(x, float)\n    return x" in texts("def f(x):\n    return x", "as floats first")
