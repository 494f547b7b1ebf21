"""What a module's names hold once it has run, told from its source alone."""

from __future__ import annotations

import ast

import pytest

from grader.submissions.bindings import at_the_end
from grader.submissions.parsing import tree
from grader.submissions.possible_bindings import PossibleBindings


def values(text: str, name: str = "f", *, is_notebook: bool = False) -> tuple[list[str], bool]:
    """Return what a name may hold at the end of a module, and if it surely is bound."""
    names, _ = at_the_end(tree(text.encode()), is_notebook=is_notebook)
    held = names.get(name, PossibleBindings())
    found = [b.imported or (ast.unparse(b.value) if b.value else "") for b in held.bindings]
    return found, held.is_bound


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


def test_in_a_notebook_an_assignment_may_have_raised_but_a_definition_replaces() -> None:
    assert values("f = 1\nf = missing", is_notebook=True) == (["1", "missing"], False)
    assert values("f = 1\ndef f(): pass", is_notebook=True) == (["def f():\n    pass"], True)


def definition(text: str) -> int:
    """Return the line of the definition that counts, 0 if there is none."""
    _, last = at_the_end(tree(text.encode()))
    return last["f"].lineno if "f" in last else 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("def f(): pass\ndef f(): pass", 2),
        ("def f(): pass\nif False:\n    def f(): pass", 1),
        ("if False:\n    def f(): pass", 2),
        ("for i in x:\n    def f(): pass", 0),
        ("f: int\nf = abs", 2),
    ],
)
def test_the_last_definition_that_runs_is_the_one_that_students_are_told_of(text: str, line: int) -> None:
    assert definition(text) == line
