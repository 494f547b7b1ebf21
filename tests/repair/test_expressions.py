"""Changes of operators, comparisons, constants, names and indices."""

from __future__ import annotations

import pytest

from .conftest import results

TABLE = [
    ("a * b", "operator", "a @ b"),
    ("a // b", "operator", "a / b"),
    ("a - b", "operands swapped", "b - a"),
    ("a - b", "operand left out", "a"),
    ("a - b", "operand left out", "-b"),
    ("1 / 1 + a", "grouping", "1 / (1 + a)"),
    ("a / (b + 1)", "grouping", "a / b + 1"),
    ("a @ b", "transpose", "a.T @ b"),
    ("a < b", "comparison", "a <= b"),
    ("a and b", "condition", "a or b"),
    ("a + 2", "constant", "a + 3"),
    ("a + 2", "name for a number", "a + b"),
    ("a + a", "another name", "b + a"),
    ("a.T", "attribute left out", "a"),
    ("a.size", "length", "len(a)"),
    ("a if b else 1", "branches swapped", "1 if b else a"),
    ("(a, b)", "order of values", "(b, a)"),
    ("a[1:]", "slice", "a[:]"),
    ("a[0, b]", "index", "a[b, 0]"),
    ("-a", "sign", "a"),
]


@pytest.mark.parametrize(("before", "kind", "after"), TABLE)
def test_an_expression_is_changed(before: str, kind: str, after: str) -> None:
    assert (kind, f"return {after}") in results(f"def f(a, b):\n    return {before}")


def test_comparisons_of_text_become_no_order() -> None:
    found = {after for kind, after in results("def f(a):\n    return a.kind == 'f'") if kind == "comparison"}
    assert found == {"return a.kind != 'f'"}
