"""A function of a notebook becomes a file that runs alone, on the lines of its cell."""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numpy as np
import pytest
from support.notebooks import cell

from grader.errors import UsageError
from grader.student.notebook_source import module

FIRST = "from __future__ import annotations"


def test_what_stands_alone_is_left_alone() -> None:
    f = cell("def f(x):\n    return x\n")["f"]
    assert module(f) == f"{FIRST}\ndef f(x):\n    return x\n"


def test_lines_are_those_of_the_cell() -> None:
    names = cell("import numpy as np\n\nK = 2\n\ndef f(x):\n    return np.sum(x) * K\n")
    text = module(names["f"])
    assert text.splitlines()[0] == f"{FIRST}; K = 2; import numpy as np"
    assert text.splitlines()[4:] == ["def f(x):", "    return np.sum(x) * K"]


def test_helpers_of_other_cells_come_along_with_what_they_need() -> None:
    names = cell("from math import pi, tau\nfrom numpy.linalg import norm\nimport numpy.linalg as la\n")
    cell("def area(r):\n    return pi * r**2 * tau * norm([1]) * la.norm([1])\n", names)
    cell("def f(r):\n    return area(r) if r else f(1)\n", names)
    made: dict[str, Any] = {"__name__": "alone"}
    exec(module(names["f"]), made)
    assert made["f"](2) == names["f"](2)
    assert sorted(k for k in made if not k.startswith("__")) == [
        "annotations",
        "area",
        "f",
        "la",
        "norm",
        "pi",
        "tau",
    ]


def test_what_cannot_be_written_down_is_missed_when_it_is_used() -> None:
    names = cell("class Box:\n    size = 1\n", {"__name__": "__main__", "data": np.ones(3)})
    # Of a class without a method, nothing tells where it stands.
    for text, name in (("data", "data"), ("Box.size", "Box")):
        made: dict[str, Any] = {}
        exec(module(cell(f"def f(x):\n    return x + {text}\n", names)["f"]), made)
        with pytest.raises(NameError) as told:
            made["f"](1)
        assert told.value.name == name


def test_a_class_comes_with_its_bases_helpers_and_constants_on_its_lines() -> None:
    names = cell(
        "SCALE = 2\n\nclass Base:\n    def twice(self, x):\n        return SCALE * helper(x)\n\n"
        "def helper(x):\n    return x + 1\n",
        {"__name__": "__main__"},
    )
    box = cell("\n\nclass Box(Base):\n    def call(self, x):\n        return self.twice(x)\n", names)["Box"]
    made: dict[str, Any] = {}
    exec(module(box), made)
    assert made["Box"]().call(3) == 8
    alone = cell("\n\nclass Own:\n    def call(self, x):\n        return 1 / 0\n", names)["Own"]
    assert module(alone).splitlines()[2] == "class Own:"


def test_a_function_without_source_is_told_apart() -> None:
    names: dict[str, Any] = {}
    exec("def f(x):\n    return x\n", names)
    assert isinstance(names["f"], FunctionType)
    with pytest.raises(UsageError) as told:
        module(names["f"])
    assert str(told.value) == "The source of f is not available; define it in a cell and run the cell."
