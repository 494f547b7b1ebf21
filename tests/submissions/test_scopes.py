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


ENDS = {
    "f = 1\nf = 2": (["2"], True),
    "f = 1\nif x:\n    f = 2": (["1", "2"], True),
    "f = 1\nif x:\n    f = 2\nelse:\n    f = 3": (["2", "3"], True),
    "f = 1\nif False:\n    f = 2": (["1"], True),
    "f = 1\nif not 0:\n    f = 2": (["2"], True),
    "f = 1\nif x: pass\nelif 0: f = 2\nelif y: f = 3": (["1", "3"], True),
    "f = 1\nif __name__ == '__main__':\n    f = 2": (["1"], True),
    "__name__ = '__main__'\nf = 1\nif __name__ == '__main__':\n    f = 2": (["1", "2"], True),
    "from os import *\nf = 1\nif __name__ == '__main__':\n    f = 2": (["1", "2"], True),
    "from typing import TYPE_CHECKING\nf = 1\nif TYPE_CHECKING:\n    f = 2": (["1"], True),
    "TYPE_CHECKING = 1\nf = 1\nif TYPE_CHECKING:\n    f = 2": (["1", "2"], True),
    "import typing\nf = 1\nif typing.TYPE_CHECKING:\n    f = 2": (["1"], True),
    "import a as typing\nf = 1\nif typing.TYPE_CHECKING:\n    f = 2": (["1", "2"], True),
    "f = 1\nfrom a import f": (["a.f"], True),
    "f = 1\nimport a.b as f": (["a.b"], True),
    "f = 1\nfrom .a import g as f": ([".a.g"], True),
    "f = 1\nfrom . import f": ([".f"], True),
    "f = 1\n(f := 2)": (["1", "2"], True),
    "f = 1\n[(f := i) for i in x]": (["1", "[(f := i) for i in x]"], True),
    "f = 1\ndef g(x=(f := 2)): pass": (["1", "2"], True),
    "f = 1\ndef g():\n    global f\n    f = 2": (["1", "2"], True),
    "f = 1\ndef g():\n    f = 2": (["1"], True),
    "f = 1\nclass A:\n    f = 2": (["1"], True),
    "f = 1\nfor f in x: pass": (["1", "x"], True),
    "f = 1\nwith x as f: pass": (["x"], True),
    "f = 1\ntry: pass\nexcept E as f: pass": (["1"], True),
    "try:\n    f = 1\nexcept E:\n    f = 2": (["1", "2"], True),
    "try:\n    f = 1\nexcept E:\n    pass": (["1"], False),
    "try:\n    pass\nfinally:\n    f = 1": (["1"], True),
    "f = 1\nmatch x:\n    case [f]: pass": (["1", "x"], True),
    "(f, g) = (1, 2)": (["1"], True),
    "(g, (f, h)) = (1, (2, 3))": (["2"], True),
    "f, *g = 1, 2": (["(1, 2)"], True),
    "f, g = x": (["x"], True),
    "f = g = x": (["x"], True),
    "f = 1\nf += 2": (["1", "2"], True),
    "f = {}\nf['a'] = 2": (["{}", "2"], True),
    "f = 1\ndel f": ([], True),
    "f: int": ([], False),
    "while x:\n    f = 1": (["1"], False),
    "": ([], False),
}


@pytest.mark.parametrize("text", ENDS)
def test_a_name_holds_what_may_be_bound_to_it_at_the_end(text: str) -> None:
    assert values(text) == ENDS[text]


def test_a_name_that_is_bound_in_very_many_branches_is_unclear() -> None:
    held = scopes(b"".join(b"if x: f = %d\n" % n for n in range(51))).bindings("f")
    assert (len(held.bindings), held.is_bound, held.unclear) == (50, False, True)
