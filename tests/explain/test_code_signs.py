"""What the code itself shows of a slip is told with its line, and nothing is told of sound code."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from grader.explain.code_signs import signs
from grader.submissions.source import Found, parse

SOLUTIONS = sorted((Path(__file__).parents[1] / "data" / "correct").glob("*.py"))


def found(code: str, name: str = "f") -> list[tuple[str, int]]:
    return [(s.name, s.line) for s in signs(Found(parse("f.py", dedent(code).encode()), name))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(x):\n    for v in x:\n        t = v\n        return t\n", [("return in the loop", 4)]),
        ("def f(x):\n    for v in x:\n        if v:\n            return v\n    return 0\n", []),
        (
            "def f(x):\n    total = 0\n    for v in x:\n        total = v * v\n    return total\n",
            [("overwritten in the loop", 4)],
        ),
        ("def f(x):\n    t = 0\n    for v in x:\n        t = t + v\n    return t\n", []),
        ("def f(x):\n    last = None\n    for v in x:\n        last = v\n    return last\n", []),
        ("def f(x):\n    return 1 / 1 + x\n", [("division by 1", 2)]),
        ("def f(x):\n    return 1 / (1 + x)\n", []),
        ("def f(x):\n    return x ^ 2\n", [("^", 2)]),
        ("def f(x):\n    return np.max(x, 0)\n", [("axis 0", 2)]),
        ("def f(x):\n    return np.max(x, axis=0)\n", []),
        ("def f(x, b):\n    return x * 2\n", [("unused argument", 1)]),
        ("def f(x, b):\n    return eval('b', locals())\n", []),
        ("def f(x):\n    x.astype(float)\n    return x\n", [("lost result", 2)]),
        ("def f(x):\n    np.exp(x, out=y)\n    return x\n", []),
        ("def f(x):\n    m = x.mean()\n    return x\n", [("unused name", 2)]),
        ("def f(x):\n    print(x)\n", [("printed", 2)]),
        ("def f(x):\n    print(x)\n    return x\n", []),
        ("def f(x):\n    x -= 1\n    return x\n", [("changed in place", 2)]),
        ("def f(x):\n    y = np.asarray(x)\n    y[0] = 1\n    return y\n", [("changed in place", 3)]),
        ("def f(x):\n    x = x.copy()\n    x -= 1\n    return x\n", []),
        ("def f(x):\n    y = np.zeros_like(x)\n    y[0] = 1\n    return y\n", [("copied dtype", 2)]),
        ("def f(x):\n    return np.zeros_like(x, dtype=float)\n", []),
    ],
)
def test_each_sign_is_found_and_no_other(code: str, expected: list[tuple[str, int]]) -> None:
    assert [one for one in found(code) if one[0] != "nothing raised"] == expected


def test_a_function_without_raise_says_so_and_one_with_does_not() -> None:
    assert ("nothing raised", 1) in found("def f(x):\n    return x\n")
    assert found("def f(x):\n    if x:\n        raise ValueError\n    return x\n") == []


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
