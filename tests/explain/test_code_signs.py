"""What the code itself shows of a slip is told with its line, and nothing is told of sound code."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.signs import found

from grader.explain.code_signs import signs
from grader.submissions.source import Found, parse

SOLUTIONS = sorted((Path(__file__).parents[1] / "data" / "correct").glob("*.py"))


def test_the_most_telling_sign_comes_first() -> None:
    code = "def f(x, b):\n    y = np.zeros_like(x)\n    x -= 1\n    print(1 / 1 + y ^ 2)\n"
    assert [name for name, _ in found(code)] == [
        *("printed", "division by 1", "^", "unused argument", "changed in place", "nothing raised"),
        "copied dtype",
    ]


def test_the_last_definition_counts() -> None:
    code = "def f(x):\n    return x ^ 2\n\ndef f(x):\n    if x:\n        raise ValueError\n    return x\n"
    assert found(code) == []


@pytest.mark.parametrize(
    "code", ["f = len\n", "def f(x:\n", "class f: pass\n", "def f(x): return " + "-" * 10**5 + "x"]
)
def test_what_is_no_readable_function_has_no_signs(code: str) -> None:
    assert found(code) == []


def test_a_huge_function_is_not_looked_through() -> None:
    assert found("def f(x):\n" + "    x ^ 2\n" * 2000) == []


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_right_solutions_of_every_style_show_hardly_any_sign(path: Path) -> None:
    """A sign that stands in right code as well would mislead where another slip is the cause."""
    parsed = parse(path.name, path.read_bytes())
    told = [
        (name, sign.name)
        for name in parsed.definitions
        for sign in signs(Found(parsed, name))
        if not sign.explains and sign.name != "unused argument"
    ]
    assert told == []
