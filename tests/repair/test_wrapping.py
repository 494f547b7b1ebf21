"""Something around an expression: a sign, a factor, one variable more, another type."""

from __future__ import annotations

import pytest

from .conftest import results

TABLE = [
    ("sign", "-a.sum()"),
    ("factor", "2 * a.sum()"),
    ("power", "a.sum() ** 2"),
    ("complement", "1 - a.sum()"),
    ("inverse", "1 / a.sum()"),
    ("function around", "np.sqrt(a.sum())"),
    ("as a number", "float(a.sum())"),
    ("as an array", "np.array(a.sum())"),
    ("operand added", "a.sum() * b"),
    ("divided by a length", "a.sum() / len(a)"),
]


@pytest.mark.parametrize(("kind", "after"), TABLE)
def test_a_returned_value_is_wrapped(kind: str, after: str) -> None:
    assert (kind, f"return {after}") in results("def f(a, b):\n    return a.sum()")


def test_without_numpy_nothing_of_it_is_used() -> None:
    from grader.repair.change import Scope
    from grader.repair.places import places
    from grader.repair.wrapping import wrapped

    from .conftest import code

    its = code("f", "def f(a):\n    return a + 1")
    made = [kind for place in places(its.units[0]) for kind, _ in wrapped(place, Scope(("a",), ()))]
    assert made
    assert not {"function around", "as floats", "as an array"} & set(made)
