"""A name means what Python's own scopes make of it, where it is read."""

from __future__ import annotations

import ast

import pytest

from grader.submissions.scopes import local, nodes, scopes

TEXT = b"""\
import numpy as np

def first(x, scale=factor):
    global count
    count = own = helper(x)
    return [np.sum(v) + y for v in own for y in own]

@decorated
def second():
    def inner(y):
        nonlocal kept
        return y + deep
    kept = 1
    return inner

class Third(Base):
    size = width
    def method(self): return size
"""


def outer(name: str) -> set[str]:
    """Return the names that a definition takes from the file or from Python."""
    (binding,) = scopes(TEXT).bindings(name).bindings
    assert binding.value
    return {
        node.id
        for node, scope in nodes(binding.value)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and local(node.id, scope) is None
    }


def test_own_variables_and_parameters_are_left_out() -> None:
    assert outer("first") == {"helper", "np", "factor"}
    assert outer("second") == {"decorated", "deep"}
    assert outer("Third") == {"Base", "width", "size"}


def values(text: str, name: str = "f") -> tuple[list[str], bool]:
    """Return what a name may hold at the end of a module, and if it surely is bound."""
    held = scopes(text.encode()).bindings(name)
    found = [b.imported or (ast.unparse(b.value) if b.value else "") for b in held.bindings]
    return [v.replace("\n    ", " ") for v in found], held.is_bound


WHENEVER = {
    "f = 1\n(f := 2)": (["1", "2"], True),
    "f = 1\n[(f := i) for i in x]": (["1", "[(f := i) for i in x]"], True),
    "f = 1\ndef g(x=(f := 2)): pass": (["1", "2"], True),
    "f = 1\ndef g():\n    global f\n    f = 2": (["1", "2"], True),
    "f = 1\ndef g():\n    f = 2": (["1"], True),
    "f = 1\nclass A:\n    f = 2": (["1"], True),
}


@pytest.mark.parametrize("text", WHENEVER)
def test_what_functions_and_expressions_bind_counts_whenever_they_run(text: str) -> None:
    assert values(text) == WHENEVER[text]
