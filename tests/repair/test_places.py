"""Messages, texts and annotations are left alone."""

from __future__ import annotations

from grader.repair.places import changes, places, scope_of

from .conftest import code

TEXT = """
    def f(x: int, n=2) -> int:
        if n < 1:
            raise ValueError(f"n is {n - 1}")
        y = [v + 1 for v in x]
        return y
"""


def test_no_expression_of_a_message_or_annotation_is_a_place() -> None:
    its = code("f", TEXT)
    lines = {getattr(place.node, "lineno", 0) for place in places(its.units[0])}
    assert 6 not in lines
    assert {4, 5, 7, 8} <= lines


def test_the_scope_has_parameters_and_variables() -> None:
    its = code("f", TEXT)
    scope = scope_of(its.units[0], its)
    assert (scope.parameters, scope.variables, scope.numpy) == (("x", "n"), ("y", "v"), "np")


def test_defaults_are_changed_too() -> None:
    its = code("f", TEXT)
    assert any(change.field == "defaults" and change.kind == "constant" for _, change in changes(its))
